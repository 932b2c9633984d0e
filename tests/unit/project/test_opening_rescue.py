"""Pictures that were not written whole are read again where they came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.imaging.geometry import Rect
from editor.project.losses import Loss
from editor.project.store import Store
from tests.fakes.project import SIZE, Painted, add_picture
from tests.fakes.reopening import change, opened_copy


@pytest.mark.parametrize("origin", ["there", "changed", "gone", "pasted"])
def test_a_picture_cut_off_is_read_again_where_it_came_from(tmp_path: Path, origin: str) -> None:
    source = tmp_path / "photo.png"
    content = bytes(range(256)) * 20_000
    source.write_bytes(content)
    store = Store.create()
    add_picture(store, "a", content, "" if origin == "pasted" else source)
    painted = Painted("a")
    painted.stroke(store, Rect(0, 0, 9, 9))
    store.save_as(tmp_path / "mine.frisket").result(20)
    store.close()
    change(tmp_path / "mine.frisket", "DELETE FROM blobs", "DELETE FROM pieces WHERE id % 2 = 1")
    if origin == "changed":
        source.write_bytes(b"another picture")
    elif origin == "gone":
        source.unlink()
    found = Store.open(tmp_path / "mine.frisket")
    assert not found.untitled
    if origin == "there":
        (slot,) = found.opened.project.slots
        assert found.read(slot.digest) == content
        assert np.array_equal(found.mask("a", SIZE).plane.pixels, painted.plane.pixels)
        assert (found.opened.losses, found.opened.notes) == ((), ())
    else:
        assert found.opened.project.slots == ()
        assert found.opened.losses == (Loss("picture", "a.png"),)
        (note,) = found.opened.notes
        assert str(note).startswith("a.png is not whole in this project")
    found.close()


def test_a_rescued_picture_goes_into_a_copy_too(tmp_path: Path) -> None:
    source = tmp_path / "photo.png"
    source.write_bytes(b"content")
    store = Store.create()
    add_picture(store, "a", b"content", source)
    store.save_as(tmp_path / "mine.frisket").result(20)
    store.close()
    path = tmp_path / "mine.frisket"
    change(path, "DELETE FROM blobs", "INSERT INTO records VALUES ('form', '', x'00', '{}')")
    found = opened_copy(path)
    assert found.read(found.opened.project.slots[0].digest) == b"content"
    found.close()
