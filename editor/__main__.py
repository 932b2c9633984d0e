"""The one entrance: a subcommand goes to the command line, anything else to the window."""

from __future__ import annotations

import sys

from editor import __version__


def main() -> int:
    """Start what the arguments ask for; the exit code is that of `editor.errors`."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"frisket {__version__}")  # noqa: T201 - the answer to the question
        return 0
    return 2


if __name__ == "__main__":
    sys.exit(main())
