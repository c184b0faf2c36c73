"""The command line: ``python -m framing COMMAND``.

Exits with 0 when done, 1 when data were refused (the reasons stand on standard error, each with
its place), 2 when the command line itself is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from framing.cli import console
from framing.problems import Problem

# Command -> the module of framing.cli that holds it, and what it is for.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "schemes": ("schemes", "list the shipped codebooks"),
    "scheme": ("schemes", "print one codebook as JSON, or check one's own"),
    "detect": ("detect", "propose annotations for articles"),
    "agree": ("agree", "measure agreement between annotators"),
    "evaluate": ("evaluate", "compare predicted annotations with gold"),
    "convert": ("convert", "turn a file of one format into another"),
    "validate": ("validate", "check files against their format and the codebook"),
}

Subparsers = argparse._SubParsersAction  # the type that add_subparsers returns has no public name


class Command(Protocol):
    """What a module of ``framing.cli`` offers."""

    def add_parser(self, subparsers: Subparsers[argparse.ArgumentParser]) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; wrong usage raises SystemExit(2), as argparse."""
    console.prepare_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has enough, as in `| head`.
        _drop_output()
        return console.OK
    except OSError as error:
        _drop_output()
        place = str(error.filename or "standard output")
        return console.refuse([Problem(place, f"{error.strerror}.", "Nothing more was written.")])
    except KeyboardInterrupt:
        return 130
    return code


def _drop_output() -> None:
    """Let the interpreter's last flush at exit go nowhere instead of failing again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def available() -> dict[str, tuple[str, str]]:
    """Return the commands whose module is there."""
    return {name: entry for name, entry in COMMANDS.items()
            if find_spec(f"framing.cli.{entry[0]}")}


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m framing", description="Work with annotations of framing devices.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    known = available()
    chosen = known[words[0]][0] if words and words[0] in known else ""
    # Only the chosen command is imported: the parser of `detect` takes a second to load, and
    # `schemes` should not wait for it. The others are listed by name.
    command = cast(Command, import_module(f"framing.cli.{chosen}")) if chosen else None
    if command is not None:
        command.add_parser(subparsers)
    for name, (module, summary) in known.items():
        if module != chosen:
            subparsers.add_parser(name, help=summary)
    args = parser.parse_args(words)
    if command is None:
        parser.error("name a command first, such as: schemes")
    return command.run(args)


if __name__ == "__main__":
    sys.exit(main())
