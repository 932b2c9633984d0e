"""Folders are where the system wants them, or where the tests want them."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.errors import CannotWrite
from editor.preferences import places
from editor.preferences.places import (
    cache_folder,
    config_folder,
    data_folder,
    log_folder,
    profiles_folder,
    projects_folder,
    resource,
)

FOLDERS = [data_folder, config_folder, cache_folder, log_folder]


def test_resources_are_found_in_the_checkout() -> None:
    assert resource("themes").is_dir()
    assert resource("themes").parent == resource()
    assert resource("themes", "dark.toml").parent == resource("themes")


def test_resources_are_found_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path)
    assert resource("themes", "dark.toml") == tmp_path / "_resources" / "themes" / "dark.toml"


def test_frisket_home_holds_all_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path))
    found = [folder() for folder in FOLDERS]
    assert len(set(found)) == 4
    assert {folder.parent for folder in found} == {tmp_path}
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in found)


def test_without_it_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRISKET_HOME")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert all(tmp_path in folder().parents for folder in FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_made_is_told(
    folder: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "file"))
    with pytest.raises(CannotWrite):
        folder()


def test_projects_without_a_name_lie_with_the_data_for_nobody_else() -> None:
    assert projects_folder() == data_folder() / "projects"
    assert stat.S_IMODE(projects_folder().stat().st_mode) == 0o700


def test_profiles_of_ones_own_lie_with_the_data() -> None:
    assert profiles_folder() == data_folder() / "providers"
    assert profiles_folder().is_dir()


def test_a_file_where_the_profiles_should_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path))
    (data_folder() / "providers").touch()
    with pytest.raises(CannotWrite):
        profiles_folder()
