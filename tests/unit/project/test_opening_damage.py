"""However a project file is damaged: no crash, no wrong pixel, and the file itself untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.project.store import Store
from tests.fakes.damage import WAYS, outcome
from tests.fakes.project import filled

EACH = 12
"""Cases for each way of damage; run.py-like thousands are in tests/speed/kill.py."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FRISKET_HOME", str(folder / "home"))
        store = Store.create()
        was = filled(store, pictures=12, weight=8000)
        store.save_as(folder / "good.frisket").result(20)
        store.close()
    return (folder / "good.frisket").read_bytes(), was.pictures


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[way.__name__ for way in WAYS])
def test_damage(good: tuple[bytes, dict[str, bytes]], tmp_path: Path, way: int) -> None:
    data, pictures = good
    seeds = range(way, EACH * len(WAYS), len(WAYS))
    outcomes = [outcome(tmp_path / "a.frisket", data, pictures, seed) for seed in seeds]
    assert set(outcomes) <= {"whole", "copy", "refused"}
    assert "copy" in outcomes or way in {2, 3}
