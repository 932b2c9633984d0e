"""The table of models that is kept from one start to the next."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from editor.capability import catalog
from editor.errors import CannotWrite
from editor.preferences.places import cache_folder, profiles_folder, resource
from editor.ui.start import table


@pytest.fixture(autouse=True)
def keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def reads(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a start reads the files of the table; it gives what is in them in any case."""
    seen = []
    with monkeypatch.context() as patch:
        read = catalog.load
        patch.setattr(catalog, "load", lambda: seen.append(1) or read())
        found = table.load()
    table.keep()
    assert found.providers == catalog.load().providers
    return bool(seen)


def own(name: str) -> Path:
    """A profile of the person's own."""
    return Path(shutil.copy(resource("capabilities", "applerouter.toml"), profiles_folder() / name))


def test_the_next_start_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reads(monkeypatch)
    assert not reads(monkeypatch)


def test_it_is_read_anew_when_a_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("capabilities"), tmp_path / "capabilities"))
    for module in (catalog, table):
        monkeypatch.setattr(module, "resource", lambda _: folder)
    path = folder / "applerouter.toml"
    assert reads(monkeypatch)
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert reads(monkeypatch)
    assert not reads(monkeypatch)
    path.rename(folder / "another.toml")
    assert reads(monkeypatch)
    assert not reads(monkeypatch)


def test_of_a_persons_own_profiles_there_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reads(monkeypatch)
    path = own("mine.toml")
    path.write_text('headers = { x-api-key = "sk-very-secret" }\n' + path.read_text())
    assert reads(monkeypatch)
    assert reads(monkeypatch)
    assert table.load().provider("mine").headers == {"x-api-key": "sk-very-secret"}
    assert all(b"very-secret" not in each.read_bytes() for each in cache_folder().iterdir())
    path.unlink()
    assert not reads(monkeypatch)


def test_it_is_known_by_all_that_it_comes_from() -> None:
    own("mine.toml")
    names = {Path(name).name for name, _, _ in table._stamps()}
    assert {"openai.toml", "fields.toml", "mine.toml", "field.py", "catalog.py"} <= names


def test_one_with_a_broken_profile_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    own("mine.toml").write_text("label = 3")
    assert reads(monkeypatch)
    assert reads(monkeypatch)
    assert table.load().broken


def test_where_no_profiles_can_be_there_is_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise CannotWrite("no")

    monkeypatch.setattr(table, "profiles_folder", refuse)
    assert reads(monkeypatch)
    assert not reads(monkeypatch)
