"""Tests the project from a bare checkout: `python3 packaging/test.py [--fast | --speed | ARGS]`.

Without arguments every gate, every test, and the speed reports for a few minutes. --fast: the
gates of the first minute. --speed [NAME...]: the reports, those that are named to their end.
Anything else goes to pytest as it is. The first run sets everything up.
"""

from __future__ import annotations

import sys

import machine


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; 0 when all is well."""
    python = machine.ready(tests=True, screen=True)
    # Imported late: it runs on the Pythons that `machine` lets pass.
    from suite import Suite

    suite = Suite(python)
    if arguments[:1] == ["--fast"]:
        suite.gates()
    elif arguments[:1] == ["--speed"]:
        suite.speed(*arguments[1:])
        return suite.outcomes[0].passed is False
    elif arguments:
        return suite.chosen(*arguments)
    else:
        suite.gates()
        suite.without_a_screen()
        suite.with_a_screen()
        suite.speed()
    return suite.verdict()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
