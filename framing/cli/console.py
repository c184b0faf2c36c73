"""What all commands share: exit codes, streams, and how problems are shown."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable
from typing import Any

from framing.problems import Problem

OK = 0
REFUSED = 1
USAGE = 2


def prepare_streams() -> None:
    """Write UTF-8 with LF everywhere: what a pipe gets must not depend on the terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def show_json(data: Any) -> None:
    """Print one JSON value, readable by people too."""
    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def refuse(problems: Iterable[Problem]) -> int:
    """Print the problems on standard error and return the exit code for refused data."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return REFUSED


def score(value: str) -> float:
    """Read a score from the command line; raises what argparse turns into a sentence."""
    number = float(value)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{value} is not between 0 and 1")
    return number
