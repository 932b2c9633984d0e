"""Large values come back as they were, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import CannotWrite, ProjectDamaged
from editor.storage import blobs as module
from editor.storage.blobs import Blobs
from editor.storage.database import Database


def opened(path: Path) -> Database:
    return Database(path, application_id=1, version=1, schema=module.SCHEMA)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(opened(tmp_path / "some.db")) as database:
        yield database


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 100)


@pytest.fixture(scope="module")
def shared_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(opened(tmp_path_factory.mktemp("blobs") / "some.db")) as database:
        yield database


@settings(max_examples=30)
@given(st.integers(0, 5), st.integers(-1, 1), st.binary(min_size=1, max_size=1))
def test_any_size_comes_back(shared_database: Database, pieces: int, by: int, byte: bytes) -> None:
    data = byte * max(pieces * module.PIECE // 64 + by, 0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "PIECE", module.PIECE // 64)
        blobs = Blobs(shared_database)
        digest = blobs.put(data)
        assert digest == hashlib.sha256(data).hexdigest()
        assert blobs.get(digest) == data
        assert blobs.holds(digest)
        assert blobs.verify(digest)


@pytest.mark.usefixtures("small_pieces")
def test_the_same_bytes_are_kept_once(database: Database) -> None:
    blobs = Blobs(database)
    assert blobs.put(b"x" * 250) == blobs.put(b"x" * 250)
    assert database.row("SELECT COUNT(*) FROM pieces") == (3,)


@pytest.mark.usefixtures("small_pieces")
def test_other_work_is_done_between_pieces(database: Database) -> None:
    seen: list[object] = []
    blobs = Blobs(database)
    database.between = lambda: seen.append(database.row("SELECT COUNT(*) FROM pieces"))
    digest = blobs.put(b"x" * 250)
    assert seen[-3:] == [(1,), (2,), (3,)]
    seen.clear()
    blobs.get(digest)
    assert len(seen) == 3


def test_what_was_never_put_is_not_there(database: Database) -> None:
    blobs = Blobs(database)
    assert not blobs.holds("0" * 64)
    assert not blobs.verify("0" * 64)
    with pytest.raises(ProjectDamaged):
        blobs.get("0" * 64)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE pieces SET data = x'00' WHERE id = (SELECT MAX(id) FROM pieces)",
        "DELETE FROM pieces WHERE id = (SELECT MAX(id) FROM pieces)",
        "UPDATE pieces SET data = 'text' WHERE id = (SELECT MAX(id) FROM pieces)",
        "UPDATE blobs SET size = size - 100",
        "UPDATE blobs SET size = 4611686018427387904",
        "UPDATE blobs SET size = -1",
        "UPDATE blobs SET size = 'many'",
        "UPDATE blobs SET digest = 'f00'",
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_harm_is_noticed(database: Database, harm: str) -> None:
    blobs = Blobs(database)
    digest = blobs.put(bytes(range(250)))
    database.execute(harm)
    assert not blobs.verify(digest)
    with pytest.raises(ProjectDamaged, match="is damaged") as caught:
        blobs.get(digest)
    assert len(str(caught.value)) + 48 <= 160 + len("some.db")


class KilledError(Exception):
    pass


@pytest.mark.usefixtures("small_pieces")
def test_a_blob_that_was_cut_off_is_not_there_and_does_no_harm(database: Database) -> None:
    blobs = Blobs(database)
    kept = blobs.put(b"k" * 250)

    def die() -> None:
        if database.row("SELECT COUNT(*) FROM pieces") == (5,):
            raise KilledError

    database.between = die
    with pytest.raises(KilledError):
        blobs.put(b"x" * 350)
    database.between = lambda: None
    digest = hashlib.sha256(b"x" * 350).hexdigest()
    assert not blobs.holds(digest)
    assert blobs.put(b"x" * 350) == digest
    assert blobs.get(digest) == b"x" * 350
    assert blobs.get(kept) == b"k" * 250
    blobs.tidy({kept, digest})
    assert database.row("SELECT COUNT(*) FROM pieces") == (7,)


@pytest.mark.usefixtures("small_pieces")
def test_what_is_not_wanted_goes(database: Database) -> None:
    blobs = Blobs(database)
    wanted, unwanted = blobs.put(b"w" * 250), blobs.put(b"u" * 250)
    blobs.tidy({wanted})
    assert blobs.holds(wanted)
    assert not blobs.holds(unwanted)
    assert database.row("SELECT COUNT(*) FROM pieces") == (3,)
    assert blobs.put(b"n" * 50)
    assert blobs.get(wanted) == b"w" * 250


def test_a_blob_that_does_not_fit_gives_its_room_back(database: Database) -> None:
    blobs = Blobs(database)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "PIECE", 10_000)
        database.execute("PRAGMA max_page_count=40")
        with pytest.raises(CannotWrite):
            blobs.put(b"x" * 500_000)
        assert database.row("SELECT COUNT(*) FROM pieces") == (0,)
        digest = blobs.put(b"y" * 50_000)
        assert blobs.get(digest) == b"y" * 50_000
