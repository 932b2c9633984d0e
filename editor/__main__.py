"""The one entrance: a subcommand goes to the command line, anything else to the window."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Start what the arguments ask for; the exit code is that of `editor.errors`."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0].startswith("-") or arguments[0].isalpha()):
        # Imported here: the window does not wait for it.
        from editor.cli import command

        if arguments[0].startswith("-") or arguments[0] in command.COMMANDS:
            return command.main(arguments)
    # Nothing of a start is garbage; the collector begins behind the painted window.
    gc.disable()
    # Imported here: a command never loads Qt.
    from editor.ui.start import start

    start.begin()
    from editor.ui import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
