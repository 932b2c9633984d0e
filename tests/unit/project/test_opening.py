"""What is damaged, locked or foreign is opened as a copy or not at all, and never written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from editor.errors import InputProblem
from editor.preferences.places import projects_folder
from editor.project import opening
from editor.project.losses import Loss, damage
from editor.project.opening import left_behind, lock_of, open_file
from editor.project.store import Store
from editor.storage.database import Database
from tests.fakes.project import SIZE, add_picture, filled
from tests.fakes.reopening import change, opened_copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project of its own name, with something of everything."""
    store = Store.create()
    filled(store)
    store.save_as(tmp_path / "mine.frisket").result(20)
    store.close()
    return tmp_path / "mine.frisket"


def assert_free(path: Path) -> None:
    lock = lock_of(path)
    assert lock.acquire()
    lock.release()


def test_a_whole_project_is_opened_in_its_place(project: Path) -> None:
    store = Store.open(project)
    assert (store.path, store.untitled) == (project, False)
    assert store.opened.notes == ()
    store.close()


def test_a_path_may_be_relative(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    store = Store.open(Path(project.name))
    assert store.path == project
    store.close()


def test_a_second_opener_gets_a_copy(project: Path) -> None:
    first = Store.open(project)
    second = opened_copy(project)
    assert "open in another window" in str(second.opened.notes[0])
    assert len(second.opened.project.slots) == 3
    assert second.opened.losses == ()
    first.close()
    second.close()
    third = Store.open(project)
    assert not third.opened.notes
    third.close()


def test_a_renamed_project_is_still_open(project: Path) -> None:
    first = Store.open(project)
    project.rename(project.with_name("renamed.frisket"))
    second = Store.open(project.with_name("renamed.frisket"))
    assert second.untitled
    first._lock.release()
    first._writer.close()
    second.close()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_write_protected_project_is_opened_as_a_copy(
    project: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    protected = project if what == "file" else project.parent
    monkeypatch.setattr(
        opening.os, "access", lambda path, mode: path != protected and Path(path).exists()
    )
    store = opened_copy(project)
    assert "write-protected" in str(store.opened.notes[0])
    assert len(store.opened.project.slots) == 3
    store.close()


HARM: dict[str, tuple[list[str], set[Loss]]] = {
    "a picture": (
        ["UPDATE pieces SET data = x'00' WHERE id = (1 << 20)"],
        {Loss("picture", "slot 0.png")},
    ),
    "the row of a picture": (
        ["UPDATE blobs SET digest = 'f00' WHERE id = 2"],
        {Loss("picture", "slot 1.png")},
    ),
    "a record": (["UPDATE records SET data = 'null' WHERE kind = 'round'"], {Loss("round")}),
    "the order": (["UPDATE records SET data = '{}' WHERE kind = 'order'"], {Loss("order")}),
    "a tile": (
        ["UPDATE tiles SET data = x'00' WHERE rowid = (SELECT MAX(rowid) FROM tiles)"],
        {Loss("mask", "slot 0.png")},
    ),
    "a stroke": (
        ["UPDATE steps SET data = x'00' WHERE number = 1"],
        {Loss("step")},
    ),
    "whether a step is done": (
        ["UPDATE steps SET done = 0 WHERE number = 1"],
        {Loss("step")},
    ),
    "an answer": (
        [
            "UPDATE pieces SET data = x'00' WHERE id ="
            " (SELECT MIN(id) FROM pieces WHERE LENGTH(data) = 5000)"
        ],
        {Loss("variant", "slot 0.png")},
    ),
    "a kept patch": (
        ["UPDATE pieces SET data = x'00' WHERE LENGTH(data) = 3000"],
        {Loss("kept", "slot 1.png")},
    ),
}


@pytest.mark.parametrize("what", HARM)
def test_harm_is_told_by_name_and_the_rest_is_opened_as_a_copy(project: Path, what: str) -> None:
    statements, losses = HARM[what]
    change(project, *statements)
    store = opened_copy(project)
    assert set(store.opened.losses) == losses
    assert str(store.opened.notes[-1]) == str(damage("mine.frisket", losses))
    lost_pictures = sum(loss.what == "picture" for loss in losses)
    assert len(store.opened.project.slots) == 3 - lost_pictures
    for slot in store.opened.project.slots:
        assert len(store.read(slot.digest)) >= 1_500_000
    store.close()
    again = Store.open(store.path)
    assert again.opened.losses == ()
    assert again.opened.notes == ()
    assert again.opened.project.timeline == store.opened.project.timeline
    again.close()


def test_strokes_around_a_damaged_one_are_still_the_mask(project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection:
        tiles = connection.execute("SELECT COUNT(*) FROM tiles").fetchone()
    change(project, "UPDATE steps SET data = x'00' WHERE number = 2")
    store = opened_copy(project)
    mask = store.mask("slot 0", SIZE)
    assert not mask.plane.is_empty
    assert store._writer.submit(lambda d: d.row("SELECT COUNT(*) FROM tiles")).result(20) == tiles
    store.close()


def test_a_damaged_page_costs_only_what_is_on_it(project: Path) -> None:
    data = bytearray(project.read_bytes())
    at = len(data) // 2 // 4096 * 4096
    data[at : at + 4096] = bytes(4096)
    project.write_bytes(data)
    store = opened_copy(project)
    assert len(store.opened.losses) == 1
    store.close()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_project_that_ends_too_early_is_opened_as_far_as_it_goes(
    project: Path, share: float
) -> None:
    data = project.read_bytes()
    project.write_bytes(data[: int(len(data) * share)])
    store = opened_copy(project)
    lost = [loss for loss in store.opened.losses if loss.what == "picture"]
    assert lost
    assert len(store.opened.project.slots) + len(lost) == 3
    assert store.opened.project.form["prompt"] == "a red jacket"
    store.close()


def test_a_damaged_structure_with_whole_content_is_opened_as_a_copy(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "sound", lambda self: False)
    store = opened_copy(project)
    assert store.opened.losses == ()
    assert "damaged" in str(store.opened.notes[0])
    store.close()


def test_a_second_opener_of_a_damaged_project_is_told_everything(project: Path) -> None:
    first = Store.open(project)
    change(project, "UPDATE pieces SET data = x'00' WHERE id = (1 << 20)")
    second = opened_copy(project)
    told = ("open in another window", "slot 0.png is not whole", "damaged in places")
    for words, note in zip(told, second.opened.notes, strict=True):
        assert words in str(note)
    assert second.opened.losses == (Loss("picture", "slot 0.png"),)
    first.close()
    second.close()


def test_a_locked_project_too_damaged_to_copy_page_by_page_is_read_row_by_row(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store.open(project)
    copy_to = Database.copy_to

    def refuse(self: Database, path: Path, *, at_once: bool = False) -> None:
        from editor.errors import ProjectDamaged

        copy_to(self, path, at_once=at_once)
        raise ProjectDamaged("no")

    monkeypatch.setattr(Database, "copy_to", refuse)
    second = opened_copy(project)
    assert len(second.opened.project.slots) == 3
    assert len(list(projects_folder().glob("*.frisket"))) == 1
    first.close()
    second.close()


def test_a_damaged_untitled_project_is_put_aside(tmp_path: Path) -> None:
    store = Store.create()
    filled(store)
    store.close()
    change(store.path, "UPDATE records SET data = 'null' WHERE kind = 'round'")
    before = store.path.read_bytes()
    copy = Store.open(store.path)
    copy.close()
    assert store.path.with_suffix(".damaged").read_bytes() == before
    assert left_behind() == [copy.path]


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" * 100)


def newer(path: Path) -> None:
    change(path, "PRAGMA user_version = 99")


def headless(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (picture, "not a Frisket file"),
        (newer, "another version"),
        (headless, "damaged"),
        (cut, "damaged"),
        (folder, "is not there"),
        (Path.unlink, "is not there"),
    ],
)
def test_what_cannot_be_opened_is_left_untouched(
    project: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(project)
    before = project.read_bytes() if project.is_file() else b""
    with pytest.raises(InputProblem, match=words) as caught:
        Store.open(project)
    assert (project.read_bytes() if project.is_file() else b"") == before
    assert len(str(caught.value)) + 48 - len(project.name) <= 160
    if project.is_file():
        assert_free(project)
    assert left_behind() == []


def test_a_locked_project_that_cannot_be_read_is_told(project: Path) -> None:
    lock = lock_of(project)
    assert lock.acquire()
    newer(project)
    with pytest.raises(InputProblem, match="another version"):
        Store.open(project)
    lock.release()


def test_a_failed_rescue_leaves_no_copy(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(project, "UPDATE records SET data = 'null' WHERE kind = 'round'")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "_pour", fail)
    with pytest.raises(KeyboardInterrupt):
        open_file(project)
    assert list(projects_folder().iterdir()) == []
    assert_free(project)


def test_a_window_that_closes_meanwhile_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.create()
    add_picture(store, "a", b"a")
    store.close()

    def gone(path: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(opening, "lock_of", gone)
    assert left_behind() == []
