"""Who may import what, for the rules that import-linter cannot see; local imports count too."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import called, files, imports, tree, within

SOLE = {
    "sqlite3": ("editor/storage/",),
    "multiprocessing": ("editor/decoding/", "editor/storage/"),
    "resource": ("editor/decoding/", "editor/storage/"),
    "fcntl": ("editor/decoding/", "editor/storage/"),
    "PIL": ("editor/imaging/codec.py", "editor/imaging/metadata.py"),
    "cv2": ("editor/imaging/cv.py", "editor/imaging/areas.py", "editor/imaging/matching.py"),
    "httpx": ("editor/transport/",),
    "truststore": ("editor/transport/",),
    "keyring": ("editor/preferences/secrets.py",),
    "qasync": ("editor/session/loop.py",),
    "threading": (
        "editor/storage/",
        "editor/engine/network.py",
        "editor/preferences/secrets.py",
        "editor/ui/start/libraries.py",
    ),
    "concurrent.futures": ("editor/imaging/parallel.py", "editor/engine/offline.py"),
    "PySide6": ("editor/session/", "editor/ui/"),
    "shiboken6": (),
}
# Module and who may import it: folders or files, no one else.

QT = {
    "editor/session/": {"QtCore"},
    "editor/ui/": {"QtCore", "QtGui", "QtWidgets"},
    "editor/ui/icons.py": {"QtCore", "QtGui", "QtSvg"},
    "editor/ui/viewport.py": set(),
}
# The Qt modules a folder or file may use; the longest match counts.

UI_NEVER = ("asyncio", "editor.engine", "editor.transport", "editor.providers")

BIRTHPLACES = ("editor/engine/runner.py", "editor/session/loop.py")
# Where tasks are born; gather and TaskGroup make tasks as well.

MODAL = {"editor/ui/controls/drag_out.py": "QDrag has no other way"}
# Nested event loops stall other coroutines for good.

OUTERMOST = {"editor/ui/app.py": "shows the window before there is an asyncio loop"}
# Qt's own loop, where no other can be running.

CODE = {
    "editor/ui/start/imports.py": "runs a module of PySide's with Python's own exec",
    "editor/ui/start/methods.py": "runs what a data class writes, as Python's own does",
}
# What bears the name of a loop and is none.

PRODUCT = [path for path in files(".py") if path.startswith("editor/")]


@pytest.mark.parametrize("name", SOLE)
def test_sole_importers(name: str) -> None:
    assert [
        f"{path}:{line}"
        for path in PRODUCT
        for line, imported in imports(path)
        if within(imported, name) and not path.startswith(SOLE[name])
    ] == []


def test_qt_modules_stay_where_they_belong() -> None:
    assert [
        f"{path}:{line} {name}"
        for path in PRODUCT
        for line, name in imports(path)
        if within(name, "PySide6") and name.split(".")[1] not in _qt_of(path)
    ] == []


def test_widgets_know_neither_the_network_nor_asyncio() -> None:
    assert [
        f"{path}:{line} {name}"
        for path in PRODUCT
        if path.startswith("editor/ui/")
        for line, name in imports(path)
        if any(within(name, never) for never in UI_NEVER)
    ] == []


def test_tasks_are_born_in_two_places() -> None:
    births = {"create_task", "ensure_future", "gather", "TaskGroup"}
    assert [place for place in _calls(births) if not place.startswith(BIRTHPLACES)] == []


def test_no_nested_event_loop() -> None:
    known = (*MODAL, *OUTERMOST, *CODE)
    assert [place for place in _calls({"exec", "exec_"}) if not place.startswith(known)] == []


def test_the_outermost_loop_knows_nothing_of_asyncio() -> None:
    for path in set(OUTERMOST) & set(PRODUCT):
        assert len([place for place in _calls({"exec"}) if place.startswith(path)]) == 1, path
        foreign = ("asyncio", "qasync", "editor.session.loop")
        assert [n for _, n in imports(path) if any(within(n, each) for each in foreign)] == []


def test_an_exec_that_is_no_loop_is_pythons() -> None:
    for path in set(CODE) & set(PRODUCT):
        assert [
            isinstance(node.func, ast.Name)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and called(node) == "exec"
        ] == [True], path


def test_a_nested_loop_that_is_allowed_is_a_drag() -> None:
    for path in set(MODAL) & set(PRODUCT):
        nested = [place for place in _calls({"exec"}) if place.startswith(path)]
        assert len(nested) == 1, path
        assert "PySide6.QtGui.QDrag" in {name for _, name in imports(path)}, path


def _qt_of(path: str) -> set[str]:
    return QT[max((rule for rule in QT if path.startswith(rule)), key=len, default="editor/ui/")]


def _calls(names: set[str]) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for path in PRODUCT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node) in names
    ]
