"""What the gates let pass, and how long things are: `python -m tests.house`."""

from __future__ import annotations

from collections import Counter

from tests.house.exemptions import KINDS, found
from tests.house.sizes import LONGER, file_sizes, function_sizes, spread

PARTS = ("editor/", "packaging/", "tests/")


def main() -> None:
    """Print both."""
    every = found()
    for part in PARTS:
        counts = Counter(each.kind for each in every if each.place.startswith(part))
        told = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
        print(f"exemptions in {part:10} {told}")
    for part in PARTS:
        files, functions = file_sizes(part), function_sizes(part)
        print(f"lines in {part:10} files: {spread(list(files.values()))}", end="; ")
        print(f"functions: {spread(list(functions.values()))}")
    for name, reason in LONGER.items():
        print(f"longer than the limit: {name}: {reason}")


main()
