"""Files and functions stay small enough to be one idea."""

from __future__ import annotations

from tests.house.sizes import FILE, FUNCTION, LONGER, file_sizes, function_sizes


def test_files_are_short() -> None:
    long = {path: size for path, size in file_sizes().items() if size > FILE}
    assert {path: size for path, size in long.items() if path not in LONGER} == {}


def test_functions_are_short() -> None:
    long = {name: size for name, size in function_sizes().items() if size > FUNCTION}
    assert {name: size for name, size in long.items() if name.split("@")[0] not in LONGER} == {}


def test_every_exception_is_needed_and_says_why() -> None:
    sizes = file_sizes() | {
        name.split("@")[0]: size for name, size in function_sizes().items() if size > FUNCTION
    }
    for name, reason in LONGER.items():
        assert reason, name
        assert sizes.get(name, 0) > (FUNCTION if ":" in name else FILE), f"{name} is short by now"
