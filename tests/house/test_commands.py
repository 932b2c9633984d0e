"""No two commands share an id or, where both are heard, a key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QKeyCombination
from PySide6.QtGui import QKeyEvent, QKeySequence

from editor.ui.actions import Command, commands
from editor.ui.keys import _DIGITS, _LETTERS, command_of


def test_no_two_commands_have_one_id() -> None:
    assert repeated(commands()) == set()


def test_no_two_commands_have_one_key() -> None:
    assert contested(commands()) == {}


def test_what_the_stage_and_a_menu_hear_alike_is_one_command() -> None:
    assert taken_from_menus(commands()) == set()


def test_each_place_of_the_keyboard_has_one_command() -> None:
    assert not _DIGITS.keys() & _LETTERS.keys()


def test_what_is_there_twice_is_seen() -> None:
    twins = [*commands(), Command("export", "Again"), Command("other", "Other", ("ctrl+e",))]
    assert repeated(twins) == {"export"}
    assert contested(twins) == {"Ctrl+E": {"export", "other"}}


def test_a_menu_that_takes_a_key_of_the_stage_is_seen() -> None:
    assert taken_from_menus([Command("other", "Other", ("B",))]) == {"other"}
    assert taken_from_menus([Command("next-picture", "Next", ("PgDown",))]) == set()


def repeated(table: Iterable[Command]) -> set[str]:
    """Ids that more than one command has."""
    return {id for id, count in Counter(command.id for command in table).items() if count > 1}


def contested(table: Iterable[Command]) -> dict[str, set[str]]:
    """Keys, as Qt reads them, that more than one command has; with the ids of those."""
    found = defaultdict(set)
    for command in table:
        for keys in command.keys:
            found[QKeySequence(keys).toString()].add(command.id)
    return {keys: ids for keys, ids in found.items() if len(ids) > 1}


def taken_from_menus(table: Iterable[Command]) -> set[str]:
    """Commands with a key that means another one on the stage, which hears it first."""
    return {
        command.id
        for command in table
        for keys in command.keys
        if _on_stage(QKeySequence(keys)[0]) not in {"", command.id}
    }


def _on_stage(keys: QKeyCombination) -> str:
    pressed = QKeyEvent(QEvent.Type.KeyPress, keys.key(), keys.keyboardModifiers())
    return command_of(pressed)
