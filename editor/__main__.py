"""The one entrance: a subcommand goes to the command line, anything else to the window."""

from __future__ import annotations

import sys

from editor.cli import command


def main() -> int:
    """Start what the arguments ask for; the exit code is that of `editor.errors`."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in command.COMMANDS or arguments[0].startswith("-")):
        return command.main(arguments)
    # Imported here: a command never loads Qt.
    from editor.ui import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
