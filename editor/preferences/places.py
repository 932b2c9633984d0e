"""Where things live: the program's own resources, and the person's folders on each system."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import PlatformDirs

from editor.storage.atomic import cannot_write

_PACKAGE = Path(__file__).resolve().parents[1]
_DIRS = PlatformDirs("frisket", appauthor=False)


def resource(*parts: str) -> Path:
    """Path of a file or folder that ships with the program: ("themes", "dark.toml")."""
    in_wheel = _PACKAGE / "_resources"
    root = in_wheel if in_wheel.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def data_folder() -> Path:
    """Untitled projects, the ledger and raw answers; never cleaned by the system."""
    return _folder("data", _DIRS.user_data_path)


def projects_folder() -> Path:
    """Where projects without a name live."""
    folder = data_folder() / "projects"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def profiles_folder() -> Path:
    """The person's own provider profiles, one file each."""
    folder = data_folder() / "providers"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise cannot_write(str(folder), error) from error
    return folder


def config_folder() -> Path:
    """Preferences."""
    return _folder("config", _DIRS.user_config_path)


def cache_folder() -> Path:
    """Thumbnails and whatever else can be made again."""
    return _folder("cache", _DIRS.user_cache_path)


def log_folder() -> Path:
    """Log and crash files."""
    return _folder("log", _DIRS.user_log_path)


def pictures_folder() -> Path:
    """Where a finished picture goes that has no source beside which it could lie."""
    return _folder("pictures", _DIRS.user_pictures_path)


def _folder(name: str, usual: Path) -> Path:
    """Make the folder when it is missing; below FRISKET_HOME when that is set.

    Raises CannotWrite when it cannot be made.
    """
    home = os.environ.get("FRISKET_HOME", "")
    folder = Path(home, name).absolute() if home else usual
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(str(folder), error) from error
    return folder
