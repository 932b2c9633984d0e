"""One file, one form, one connection; the disk's refusals are sentences."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from editor.errors import CannotWrite, InputProblem, ProjectDamaged
from editor.storage import database as module
from editor.storage.database import Database

SCHEMA = "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT); CREATE INDEX w ON words (word)"


def opened(path: Path, *, version: int = 1) -> Database:
    return Database(path, application_id=0x46726B00, version=version, schema=SCHEMA)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


def test_what_is_committed_is_there_again(path: Path) -> None:
    with closing(opened(path)) as database:
        with database.transaction():
            database.execute("INSERT INTO words VALUES (?, ?)", 1, "frisket")
        assert database.row("SELECT word FROM words") == ("frisket",)
        assert database.row("SELECT word FROM words WHERE id = 2") is None
    with closing(opened(path)) as database:
        assert database.rows("SELECT * FROM words") == [(1, "frisket")]
        assert database.sound()


def test_it_is_set_up_to_survive_a_power_cut(path: Path) -> None:
    with closing(opened(path)) as database:
        assert database.row("PRAGMA journal_mode") == ("delete",)
        assert database.row("PRAGMA synchronous") == (3,)  # EXTRA
        assert database.row("PRAGMA trusted_schema") == (0,)
        assert database.row("PRAGMA application_id") == (0x46726B00,)
        assert database.row("PRAGMA user_version") == (1,)


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    with closing(opened(path)) as database:
        with suppress(ZeroDivisionError), database.transaction():
            database.execute("INSERT INTO words VALUES (1, 'half')")
            _ = 1 / 0
        assert database.rows("SELECT * FROM words") == []
        with database.transaction():
            database.execute("INSERT INTO words VALUES (1, 'whole')")


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with closing(opened(path)) as database:
        assert database.rows("SELECT * FROM words") == []


def make_foreign(path: Path, kind: str) -> None:
    if kind == "text":
        path.write_bytes(b"hello" * 100)
        return
    if kind == "other application":
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE words (id)")
        return
    opened(path, version=2 if kind == "newer" else 1).close()
    with closing(sqlite3.connect(path)) as other:
        if kind == "a trigger":
            other.execute("CREATE TRIGGER t AFTER INSERT ON words BEGIN DELETE FROM words; END")
        elif kind == "a view instead":
            other.execute("DROP TABLE words")
            other.execute("CREATE VIEW words AS SELECT 1 AS id, 'evil' AS word")
        other.commit()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "is not a Frisket file"),
        ("other application", "is not a Frisket file"),
        ("a trigger", "is not a Frisket file"),
        ("a view instead", "is not a Frisket file"),
        ("newer", "another version of Frisket"),
    ],
)
def test_a_file_of_another_form_is_left_untouched(path: Path, kind: str, words: str) -> None:
    make_foreign(path, kind)
    before = path.read_bytes()
    with pytest.raises(InputProblem, match=words) as caught:
        opened(path)
    assert path.read_bytes() == before
    assert len(str(caught.value)) + 48 - len(path.name) <= 160


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="can't be read"):
        opened(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="can't be written there"):
        opened(tmp_path / "gone" / "some.db")


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    with closing(opened(path)) as database:
        database.execute("INSERT INTO words VALUES (1, 'safe')")
        database.execute("PRAGMA max_page_count=6")
        with pytest.raises(CannotWrite, match="disk is full"), database.transaction():
            database.execute("INSERT INTO words VALUES (2, ?)", "x" * 100_000)
        assert database.rows("SELECT word FROM words") == [("safe",)]
        database.execute("PRAGMA max_page_count=1000")
        database.execute("INSERT INTO words VALUES (2, ?)", "x" * 100_000)
        assert database.sound()


def test_a_file_held_by_another_program_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.0)
    with closing(opened(path)) as database, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CannotWrite, match="held by another program"):
            database.execute("INSERT INTO words VALUES (1, 'x')")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC, CannotWrite),
        (sqlite3.SQLITE_READONLY_DBMOVED, CannotWrite),
        (sqlite3.SQLITE_LOCKED, CannotWrite),
        (sqlite3.SQLITE_NOTADB, ProjectDamaged),
        (sqlite3.SQLITE_CONSTRAINT, sqlite3.OperationalError),
    ],
)
def test_every_refusal_of_the_disk_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[Exception]
) -> None:
    class Refusing:
        def execute(self, sql: str, values: object) -> None:
            error = sqlite3.OperationalError("no")
            error.sqlite_errorcode = code
            raise error

    with closing(opened(path)) as database:
        monkeypatch.setattr(database, "_connection", Refusing())
        with pytest.raises(kind) as caught:
            database.execute("INSERT")
        monkeypatch.undo()
    assert len(str(caught.value)) + 48 - len(path.name) <= 160


def test_a_bug_keeps_its_own_error(path: Path) -> None:
    with closing(opened(path)) as database, pytest.raises(sqlite3.OperationalError):
        database.execute("SELECT nonsense")


def damage(path: Path, at: int, length: int = 64) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + length] = b"\xff" * length
    path.write_bytes(data)


def test_a_damaged_page_is_told_and_the_rest_is_readable(path: Path) -> None:
    with closing(opened(path)) as database, database.transaction():
        for number in range(500):
            database.execute("INSERT INTO words VALUES (?, ?)", number, "x" * 500)
    data = path.read_bytes()
    leaves = [at for at in range(4096, len(data), 4096) if data[at] == 13]  # leaf of a table
    damage(path, leaves[len(leaves) // 2])
    with closing(opened(path)) as database:
        assert not database.sound()
        with pytest.raises(ProjectDamaged, match="damaged in places"):
            database.rows("SELECT id, word FROM words ORDER BY id")
        first = database.readable("SELECT id, word FROM words ORDER BY id")
        last = database.readable("SELECT id, word FROM words ORDER BY id DESC")
        assert 0 < len(first) < 500
        assert len({*first, *last}) >= 480


def test_damage_that_stops_the_check_itself_is_no_soundness(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opened(path)) as database:

        def refuse(sql: str) -> list[tuple[object, ...]]:
            raise ProjectDamaged("x")

        monkeypatch.setattr(database, "rows", refuse)
        assert not database.sound()


def test_a_file_that_ends_too_early_is_only_read_to_rescue_it(path: Path) -> None:
    with closing(opened(path)) as database, database.transaction():
        for number in range(500):
            database.execute("INSERT INTO words VALUES (?, ?)", number, "x" * 500)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ProjectDamaged):
        opened(path)
    rescued = Database(path, application_id=0x46726B00, version=1, schema=SCHEMA, rescue=True)
    with closing(rescued):
        assert 100 < len(rescued.readable("SELECT id, word FROM words ORDER BY id")) < 500
        with pytest.raises(CannotWrite):
            rescued.execute("INSERT INTO words VALUES (9999, 'new')")


def test_words_about_a_damaged_name_are_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unspeakable:
        def execute(self, sql: str, values: object) -> None:
            b"\xff".decode()

    with closing(opened(path)) as database:
        monkeypatch.setattr(database, "_connection", Unspeakable())
        with pytest.raises(ProjectDamaged):
            database.execute("SELECT")
        monkeypatch.undo()


def test_a_file_format_of_another_kind_is_told(path: Path) -> None:
    opened(path).close()
    damage(path, 44, 4)
    with pytest.raises(InputProblem, match="first page is damaged"):
        opened(path)


def test_a_damaged_schema_is_told(path: Path) -> None:
    opened(path).close()
    damage(path, 100, 200)
    with pytest.raises((ProjectDamaged, InputProblem)):
        opened(path)


def test_text_that_is_no_text_is_still_read(path: Path) -> None:
    with closing(opened(path)) as database:
        database.execute("INSERT INTO words VALUES (1, CAST(x'ff41' AS TEXT))")
        assert database.row("SELECT word FROM words") == ("\N{REPLACEMENT CHARACTER}A",)


def test_a_value_larger_than_ours_is_refused(path: Path) -> None:
    with closing(opened(path)) as database, pytest.raises(ProjectDamaged):
        database.row(f"SELECT zeroblob({module.LONGEST_VALUE + 1})")


def test_a_copy_holds_what_is_written_while_it_is_made(path: Path, tmp_path: Path) -> None:
    with closing(opened(path)) as database:
        for number in range(3):
            database.execute("INSERT INTO words VALUES (?, ?)", number, "x" * 900_000)
        written = []

        def between() -> None:
            database.execute("INSERT INTO words VALUES (?, 'meanwhile')", 100 + len(written))
            written.append(1)

        database.between = between
        database.copy_to(tmp_path / "copy.db")
        everything = database.rows("SELECT * FROM words")
    assert len(written) > 2
    with closing(opened(tmp_path / "copy.db")) as copy:
        assert copy.rows("SELECT * FROM words") == everything
        assert copy.sound()


def test_a_copy_at_once_is_not_interrupted(path: Path, tmp_path: Path) -> None:
    with closing(opened(path)) as database:
        database.execute("INSERT INTO words VALUES (1, ?)", "x" * 3_000_000)
        steps: list[int] = []
        database.between = lambda: steps.append(1)
        database.copy_to(tmp_path / "copy.db", at_once=True)
    assert len(steps) <= 1
