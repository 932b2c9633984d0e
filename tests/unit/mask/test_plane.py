import weakref

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from editor.mask.history import History
from editor.mask.plane import TILE, MaskPlane, Patch

SIZE = Size(660, 600)
rects = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    st.integers(-60, 700),
    st.integers(-60, 640),
    st.integers(0, 500),
    st.integers(0, 500),
)


def exact_box(pixels: np.ndarray) -> Rect:
    ys, xs = np.nonzero(pixels)
    if not ys.size:
        return NOWHERE
    return Rect(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


class Painting(RuleBasedStateMachine):
    """Random edits, broken and abandoned ones, undo and redo, against full copies."""

    @initialize()
    def start(self) -> None:
        self.plane = MaskPlane(SIZE)
        self.history = History(self.plane)
        self.past = [self.plane.snapshot()]
        self.future: list[np.ndarray] = []

    @rule(areas=st.lists(rects, min_size=1, max_size=4), value=st.integers(0, 255))
    def edit(self, areas: list[Rect], value: int) -> None:
        edit = self.plane.edit()
        for area in areas:
            edit.region(area)[:] = value
        for part, known in self.plane.parts(whole(SIZE)):
            assert known is None or (self.plane.pixels[part.rows_cols] == known).all()
        grown = self.plane.box
        assert grown.joined(exact_box(self.plane.pixels)) == grown
        self._seal(edit.commit())

    @rule(value=st.none() | st.sampled_from([0, 9, 255]))
    def recast(self, value: int | None) -> None:
        """None inverts."""
        inverse = (
            self.plane.recast(
                lambda rows: np.invert(rows) if isinstance(rows, np.ndarray) else 255 - rows
            )
            if value is None
            else self.plane.recast(lambda _: value)
        )
        self._seal(inverse)

    @rule(area=rects)
    def broken_edit(self, area: Rect) -> None:
        with pytest.raises(ZeroDivisionError):
            self._break(area)

    def _break(self, area: Rect) -> None:
        with self.plane.edit() as edit:
            edit.region(area)[:] = 99
            raise ZeroDivisionError

    @rule()
    def undo(self) -> None:
        before = self.plane.snapshot()
        dirty = self.history.undo()
        if len(self.past) > 1:
            self.future.append(self.past.pop())
        else:
            assert dirty.empty
        self._only_in(dirty, before)

    @rule()
    def redo(self) -> None:
        before = self.plane.snapshot()
        dirty = self.history.redo()
        if self.future:
            self.past.append(self.future.pop())
        self._only_in(dirty, before)

    @rule()
    def pack(self) -> None:
        self.history.pack()

    def _seal(self, patch) -> None:
        if patch:
            self.history.push(patch)
            self.past.append(self.plane.snapshot())
            self.future.clear()

    def _only_in(self, dirty: Rect, before: np.ndarray) -> None:
        assert dirty.joined(exact_box(before != self.plane.pixels)) == dirty

    @invariant()
    def same(self) -> None:
        if hasattr(self, "plane"):
            assert np.array_equal(self.plane.pixels, self.past[-1])
            assert self.plane.box == exact_box(self.plane.pixels)
            assert self.plane.is_empty == (not self.plane.pixels.any())
            for part, value in self.plane.parts(whole(SIZE)):
                assert value is None or (self.plane.pixels[part.rows_cols] == value).all()


TestPainting = Painting.TestCase
TestPainting.settings = settings(max_examples=40, stateful_step_count=20)


def test_the_buffer_stays_where_it_is() -> None:
    plane = MaskPlane(SIZE)
    pixels, address = plane.pixels, plane.pixels.ctypes.data
    edit = plane.edit()
    edit.region(Rect(0, 0, 9, 9))[:] = 255
    plane.swap(edit.commit())
    assert plane.pixels is pixels
    assert pixels.ctypes.data == address
    assert pixels.flags.c_contiguous


def test_nobody_writes_without_an_edit() -> None:
    plane = MaskPlane(Size(10, 10))
    with pytest.raises(ValueError, match="read-only"):
        plane.pixels[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        plane.snapshot()[0, 0] = 1


def test_all_who_ask_share_one_copy_until_something_changes() -> None:
    plane = MaskPlane(SIZE)
    first = plane.snapshot()
    assert plane.snapshot() is first
    edit = plane.edit()
    edit.region(Rect(0, 0, 9, 9))[:] = 1
    during = plane.snapshot()
    edit.region(Rect(0, 0, 9, 9))[:] = 2
    assert (first.max(), during.max(), plane.snapshot().max()) == (0, 1, 2)
    edit.abandon()
    assert plane.snapshot() is first
    with plane.edit() as kept:
        kept.region(Rect(0, 0, 9, 9))[:] = 3
        kept.commit()
    painted = plane.snapshot()
    assert (first.max(), painted.max()) == (0, 3)
    assert plane.snapshot() is painted


def test_a_copy_that_nobody_holds_is_let_go_of() -> None:
    plane = MaskPlane(SIZE)
    held = weakref.ref(plane.snapshot())
    assert held() is None
    assert plane.snapshot().max() == 0


def test_a_region_outside_is_empty() -> None:
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    assert edit.region(Rect(700, 0, 800, 10)).size == 0
    assert edit.region(Rect(5, 5, 5, 9)).size == 0
    assert edit.dirty.empty
    assert not edit.commit()


def test_an_edit_knows_what_may_have_changed() -> None:
    edit = MaskPlane(SIZE).edit()
    edit.region(Rect(10, 20, 30, 40))
    edit.region(Rect(-5, 25, 15, 30))
    assert edit.dirty == Rect(0, 20, 30, 40)
    assert edit.abandon() == Rect(0, 20, 30, 40)
    assert edit.dirty.empty


def test_a_finished_edit_leaves_the_plane_when_nothing_went_wrong() -> None:
    plane = MaskPlane(SIZE)
    with plane.edit() as edit:
        edit.region(whole(SIZE))[:] = 255
        edit.commit()
    assert plane.pixels.min() == 255


def test_only_changed_tiles_are_kept() -> None:
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    edit.region(whole(SIZE))
    edit.region(Rect(300, 300, 301, 301))[:] = 1
    assert edit.commit().rects() == (Rect(TILE, TILE, 2 * TILE, 2 * TILE),)


def test_a_patch_is_its_own_inverse() -> None:
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    edit.region(Rect(250, 250, 600, 300))[:] = 200
    patch = edit.commit()
    painted = plane.snapshot()
    inverse, dirty = plane.swap(patch)
    assert plane.is_empty
    assert dirty == Rect(0, 0, 660, 512)
    plane.swap(inverse)
    assert np.array_equal(plane.pixels, painted)


def test_current_tells_what_is_under_a_patch() -> None:
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    edit.region(Rect(0, 0, TILE, TILE))[:] = 9
    patch = edit.commit()
    ((rect, rows),) = plane.current(patch).contents()
    assert rect == Rect(0, 0, TILE, TILE)
    assert np.all(rows == 9)


def test_a_patch_of_another_plane_is_a_bug() -> None:
    other = MaskPlane(Size(20, 20)).edit()
    with pytest.raises(AssertionError):
        MaskPlane(SIZE).swap(other.commit())


def test_a_plane_is_full_when_every_pixel_is():
    plane = MaskPlane(SIZE)
    assert not plane.is_full
    edit = plane.edit()
    edit.region(whole(SIZE))[:] = 255
    assert not plane.is_full
    patch = edit.commit()
    assert plane.is_full
    edit = plane.edit()
    edit.region(Rect(300, 300, 301, 301))[:] = 254
    edit.commit()
    assert not plane.is_full
    inverse, _ = plane.swap(patch)
    assert plane.is_empty
    plane.swap(inverse)
    edit = plane.edit()
    edit.region(whole(SIZE))[:] = 128
    edit.commit()
    assert not plane.is_full


def test_every_settled_change_is_another_version() -> None:
    plane = MaskPlane(Size(300, 300))
    versions = [plane.version]
    edit = plane.edit()
    edit.region(Rect(5, 5, 20, 20))[:] = 9
    assert plane.draft().coverage(Rect(0, 0, 30, 30)).max() == 0
    patch = edit.commit()
    versions.append(plane.version)
    assert plane.draft().coverage(Rect(0, 0, 30, 30)).max() == 9
    plane.swap(patch)
    versions.append(plane.version)
    assert sorted(set(versions)) == versions


def test_a_large_edit_is_settled_in_slices() -> None:
    plane = MaskPlane(Size(1500, 1500))
    edit = plane.edit()
    edit.region(Rect(0, 0, 1500, 1500))[:] = 7
    slices = 1
    while not edit.settle(5):
        slices += 1
    assert slices == 8
    patch = edit.commit()
    assert plane.pixels.min() == 7
    assert plane.box == Rect(0, 0, 1500, 1500)
    plane.swap(patch)
    assert plane.is_empty
    assert not plane.pixels.any()


def test_parts_hold_all_of_a_rectangle_and_tell_what_is_the_same() -> None:
    plane = MaskPlane(SIZE)
    assert list(plane.parts(Rect(-9, 300, 300, 900))) == [(Rect(0, TILE, 512, 600), 0)]
    assert list(plane.parts(Rect(0, 0, 0, 9))) == []
    edit = plane.edit()
    edit.region(Rect(0, 0, 512, TILE))[:] = 255
    edit.region(Rect(600, 0, 601, 1))[:] = 255
    assert list(plane.parts(whole(SIZE))) == [
        (Rect(0, 0, 660, TILE), None),
        (Rect(0, TILE, 660, 600), 0),
    ]
    edit.commit()
    assert list(plane.parts(whole(SIZE))) == [
        (Rect(0, 0, 512, TILE), 255),
        (Rect(512, 0, 660, TILE), None),
        (Rect(0, TILE, 660, 600), 0),
    ]


def test_rims_are_looked_for_where_they_may_be() -> None:
    plane = MaskPlane(Size(1500, 1200))
    assert plane.rims(1) == []
    edit = plane.edit()
    edit.region(Rect(0, 0, 1024, 1024))[:] = 255
    assert len(plane.rims(1)) == 16
    edit.commit()
    around = plane.rims(1)
    assert len(around) == 12
    assert Rect(TILE, TILE, 2 * TILE, 2 * TILE) not in around
    assert plane.rims(8) == [Rect(0, 0, 1500, 1200)]


def test_rows_of_a_file_that_are_all_clear_are_no_paint() -> None:
    plane = MaskPlane(SIZE)
    plane.swap(Patch(SIZE, {Rect(0, 0, TILE, TILE): np.zeros((TILE, TILE), np.uint8)}))
    assert plane.is_empty


def test_an_edit_that_is_half_settled_can_be_abandoned() -> None:
    plane = MaskPlane(Size(1500, 1500))
    edit = plane.edit()
    edit.region(Rect(0, 0, 1500, 1500))[:] = 7
    assert not edit.settle(5)
    assert edit.abandon() == Rect(0, 0, 1500, 1500)
    assert not plane.pixels.any()
    assert not edit.commit()
    assert not plane.draft().coverage(Rect(0, 0, 300, 300)).any()
