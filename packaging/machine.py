"""Machine: the one step before everything else, from a bare system to one that can start."""

from __future__ import annotations

import sys
from pathlib import Path

OLDEST = (3, 11)


def ready(*, tests: bool, screen: bool) -> Path:
    """The interpreter to start the program or its tests with, everything it needs in place.

    tests: what the tests need beyond the program. screen: what a virtual screen needs.
    Ends the program with one sentence where that cannot be had.
    """
    if tuple(sys.version_info[:2]) < OLDEST:
        sys.exit(
            "Frisket needs Python 3.11 or newer and this one is older:"
            " run `sudo apt-get install python3.11 python3.11-venv`, then start with python3.11."
        )
    # Imported late: an older Python could not read these files.
    import environment
    import needs
    from system import NotReady, provide

    wanted = [needs.VENV, *needs.WINDOW]
    wanted += needs.SCREEN if screen or tests else ()
    wanted += needs.TESTS if tests else ()
    try:
        if sys.platform.startswith("linux"):
            provide(wanted)
        return environment.ready(environment.TEST if tests else environment.RUN)
    except NotReady as reason:
        sys.exit(str(reason))
