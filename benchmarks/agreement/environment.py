"""The peers' own environment, made once in the ignored data folder."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
ENVIRONMENT = Path("var/benchmarks/peers")


def peers_python() -> Path:
    """Return the interpreter that has the peers, making its environment if need be."""
    python = ENVIRONMENT / "bin" / "python"
    requirements = HERE / "peers" / "requirements.txt"
    wanted = requirements.read_text()
    made = ENVIRONMENT / "made-from.txt"
    if not made.exists() or made.read_text() != wanted:
        print("making the environment of the peers ...", file=sys.stderr)
        try:
            venv.create(ENVIRONMENT, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "-r", requirements], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(
                f"the environment of the peers in {ENVIRONMENT} could not be made: {error}. It "
                f"needs the packages of {requirements}: see that pip can reach them and run this "
                "again, or name cases without a peer.") from None
        made.write_text(wanted)
    return python
