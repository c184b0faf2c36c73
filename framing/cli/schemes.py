"""``schemes`` and ``scheme NAME``: the codebooks that come with the package, or one's own."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.cli import console
from framing.problems import Problem
from framing.scheme import Scheme, SchemeError, as_dict, load, parse, shipped, source

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

STANDARD = "-"


def add_parser(subparsers: Subparsers) -> None:
    every = subparsers.add_parser("schemes", help="list the shipped codebooks",
                                  description="List the codebooks that come with the package.")
    every.add_argument("--json", action="store_true", help="write one JSON list")
    one = subparsers.add_parser(
        "scheme", help="print one codebook as JSON, or check one's own",
        description="Print a codebook as JSON. A file of one's own is checked first.")
    one.add_argument("name", metavar="NAME",
                     help="a shipped codebook, a TOML file, or - for standard input")
    form = one.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="write JSON, as without an option")
    form.add_argument("--toml", action="store_true", help="write the TOML file it is made from")


def run(args: argparse.Namespace) -> int:
    """Print the list or the codebook; return 1 when a codebook is refused."""
    return _list(as_json=args.json) if args.command == "schemes" else _one(args)


def _list(*, as_json: bool) -> int:
    schemes = [load(id) for id in shipped()]
    if as_json:
        console.show_json([_row(scheme) for scheme in schemes])
        return console.OK
    for scheme in schemes:
        row = _row(scheme)
        print(f"{row['id']}  version {row['version']}  {row['title']} "
              f"({row['labels']} labels; presets {', '.join(row['presets'])})")
    return console.OK


def _row(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.id, "version": scheme.version, "title": scheme.title,
        "language": scheme.language, "devices": [device.id for device in scheme.devices],
        "labels": len(scheme.labels), "presets": [preset.id for preset in scheme.presets],
    }


def _one(args: argparse.Namespace) -> int:
    text = _text(args.name)
    if isinstance(text, Problem):
        return console.refuse([text])
    try:
        scheme = parse(text)
    except SchemeError as error:
        return console.refuse(_placed(problem, args.name) for problem in error.problems)
    if args.toml:
        print(text, end="" if text.endswith("\n") else "\n")
    else:
        console.show_json(as_dict(scheme))
    return console.OK


def _placed(problem: Problem, name: str) -> Problem:
    return replace(problem, place=f"{name}, {problem.place}" if problem.place else name)


def _text(name: str) -> str | Problem:
    if name in shipped():
        return source(name)
    try:
        data = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except FileNotFoundError:
        return Problem(name, "this is neither a shipped codebook nor a file.",
                       f"Shipped are: {', '.join(shipped())}.")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Problem(name, f"{getattr(error, 'strerror', None) or error}.",
                       "Name a file that can be read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(name, f"byte {error.start + 1} is not UTF-8.", "Save the file as UTF-8.")
