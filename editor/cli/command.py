"""The entrance of the command line: which command, and what its end means to the caller."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence

from editor import __version__
from editor.cli.output import Output
from editor.errors import Problem
from editor.transport.scrub import guard

COMMANDS = {
    "edit": "change what a mask marks, and write one finished picture for every variant",
    "mask": "turn any mask into the exact mask that every provider understands",
    "compose": "put an answer made elsewhere into its source, inside the mask only",
    "inspect": "tell what files are, or why they cannot be opened",
    "models": "list providers and models, what they can do and what they cost",
    "replay": "make a finished picture once more from its recipe, without a network",
    "batch": "do what one recipe tells with many pictures, each once",
}

NO_SCREEN = (
    "frisket: there is no screen here to open the window on; DISPLAY or WAYLAND_DISPLAY names one"
)
USAGE = 2
INTERRUPTED = 130

_CODES = """\
exit codes:
  0    done
  1    a bug of this program; its traceback is printed
  2    the arguments do not fit together
  3    a file, mask or argument cannot be used
  4    refused by the provider; nothing was charged
  5    outcome unknown; it may have been charged
  6    not sent; nothing was charged
  7    some variants or files failed, others are done
  8    a file could not be written
  130  interrupted

Keys come from FRISKET_KEY_<PROVIDER>, such as FRISKET_KEY_OPENAI, or else from the system's
keyring, where the window puts them; never from a flag. Addresses of your own are those of the
window too: --base-url wins over FRISKET_URL_<PROVIDER>, and that over what the window keeps."""


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit code. A bug keeps its traceback and leaves through the top."""
    if not argv or argv[0] not in COMMANDS:
        return _told(argv)
    try:
        _listen()
        return _command(argv[0])(argv[1:])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    except Problem as problem:
        Output(as_json="--json" in argv).problem(problem)
        return problem.exit_code
    except KeyboardInterrupt:
        Output(as_json=False).note("frisket: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; Python would complain once more while closing the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def without_screen(argv: Sequence[str]) -> int:
    """Answer what would open the window where there is no screen for it."""
    code = _told(argv)
    Output(as_json=False).note(f"\n{NO_SCREEN}")
    return code


def _listen() -> None:
    """Let warnings reach standard error, without keys; whoever embeds us has handlers."""
    if not logging.getLogger().handlers:
        logging.basicConfig(format="frisket: %(message)s", level=logging.WARNING)
        guard()


def _command(name: str) -> Callable[[Sequence[str]], int]:
    """The command's own function; each loads only what it needs."""
    match name:
        case "edit":
            from editor.cli.edit import run
        case "mask":
            from editor.cli.mask import run
        case "compose":
            from editor.cli.compose import run
        case "inspect":
            from editor.cli.inspect import run
        case "batch":
            from editor.cli.batch import run
        case "replay":
            from editor.cli.replay import run
        case _:
            from editor.cli.models import run
    return run


def _told(argv: Sequence[str]) -> int:
    """Answer what is no command: help, version, or how it would be right."""
    output = Output(as_json=False)
    if argv and argv[0] == "--version":
        output.result(f"frisket {__version__}", {})
        return 0
    names = "\n".join(f"  frisket {name:9} {about}" for name, about in COMMANDS.items())
    usage = (
        "usage: frisket [FILE...]            open the window\n"
        "       frisket COMMAND [--help]     work without a window\n\n"
        f"commands:\n{names}\n\n{_CODES}"
    )
    if argv and argv[0] in {"-h", "--help"}:
        output.result(usage, {})
        return 0
    output.note(usage)
    if argv:
        output.note(f"\nfrisket: {argv[0]} is no command")
    return USAGE
