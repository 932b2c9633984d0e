"""The one entrance: a subcommand goes to the command line, anything else to the window."""

from __future__ import annotations

import gc
import os
import sys

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Variables of which one is set where a Linux program can open a window; without, Qt aborts."""


def main() -> int:
    """Start what the arguments ask for; the exit code is that of `editor.errors`."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0].startswith("-") or arguments[0].isalpha()):
        # Imported here: the window does not wait for it.
        from editor.cli import command

        if arguments[0].startswith("-") or arguments[0] in command.COMMANDS:
            return command.main(arguments)
    if sys.platform == "linux" and not any(map(os.environ.get, SCREENS)):
        from editor.cli import command

        return command.without_screen(arguments)
    # Nothing of a start is garbage; the collector begins behind the painted window.
    gc.disable()
    # Imported here: a command never loads Qt.
    from editor.ui.start import start

    start.begin()
    from editor.ui import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
