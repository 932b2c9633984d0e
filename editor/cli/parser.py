"""Parsers that all commands share: no abbreviations, one look, one flag for programs."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from functools import partial
from pathlib import Path

from editor.preferences.addresses import OPEN, complaint, tidy

_WIDTH = 96


def new(command: str, about: str, more: str = "") -> ArgumentParser:
    """A parser of one command, "frisket edit"; more is printed below the flags."""
    return ArgumentParser(
        prog=f"frisket {command}",
        description=about,
        epilog=more,
        allow_abbrev=False,
        formatter_class=partial(RawDescriptionHelpFormatter, width=_WIDTH, max_help_position=30),
    )


def add_json(parser: ArgumentParser) -> None:
    """The flag that turns results into JSON."""
    parser.add_argument("--json", action="store_true", help="Print one JSON object a line.")


def add_over_cap(parser: ArgumentParser) -> None:
    """The flag that answers beforehand what the window asks."""
    words = "Send it even where the month then costs more than its cap, which the window keeps."
    parser.add_argument("--over-cap", action="store_true", help=words)


def add_base_url(parser: ArgumentParser) -> None:
    """The flag that asks somebody else who speaks as the provider does."""
    words = "Ask this address instead of the provider's own."
    parser.add_argument("--base-url", type=_address, metavar="URL", help=words)


def _address(written: str) -> str:
    """An address that can be asked; in a network of one's own it may be one without https."""
    if (reason := complaint(written)) not in {"", OPEN}:
        raise ArgumentTypeError(reason)
    return tidy(written)


def spare(parser: ArgumentParser, out: Path, *read: Path) -> None:
    """End with a usage error when the output would take the place of a file that is read."""
    for path in read:
        if path.exists() and out.exists() and path.samefile(out):
            parser.error(f"{path} is read, and would be written over by --out")
