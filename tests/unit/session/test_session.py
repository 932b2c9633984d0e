"""The whole line without a window: open, paint, remove, keep, export, undo, reopen."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.mask.exchange import Manner
from editor.session.session import Session
from tests.fakes.living import Live, offered, opened, paint, ready, scene, until


async def removed(session: Session) -> None:
    """Remove what is painted and wait until the answer is on the stage."""
    await session.send()
    await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)


def test_from_a_file_to_a_finished_asset(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await session.masks.write(tmp_path / "mask.png", Manner(soft=True))
        await removed(session)
        assert session.protection() == (0, 480 * 320 - painted(tmp_path / "mask.png"))
        await session.keep()
        assert session.painting.plane is not None
        assert session.painting.plane.is_empty
        await session.exporting.export()

    live.run(script)
    before, after = cv2.imread(str(source)), cv2.imread(str(tmp_path / "photo_edit.png"))
    coverage = 255 - cv2.imread(str(tmp_path / "mask.png"), cv2.IMREAD_UNCHANGED)[..., 3]
    differs = (before != after).any(axis=2)
    assert not differs[coverage == 0].any()
    assert differs[coverage > 0].mean() > 0.3
    assert [notice.mood for notice in live.told] == ["ok", "ok"]


def painted(mask: Path) -> int:
    alpha = cv2.imread(str(mask), cv2.IMREAD_UNCHANGED)[..., 3]
    return int(np.count_nonzero(alpha != 255))


def test_undo_that_is_about_another_picture_is_told(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "a.png"))
        await session.document.open_files([scene(tmp_path / "b.png")])
        session.undo()
        assert [notice.values for notice in live.told] == [{"step": "Open b.png"}]
        session.undo()
        assert session.document.target is None
        assert len(live.told) == 1, "what is seen need not be told"

    live.run(script)


def test_undo_stops_before_a_kept_edit_and_then_takes_it_back(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await removed(session)
        base = session.document.base
        assert base is not None
        await session.keep()
        assert not np.array_equal(session.document.base.pixels, base.pixels)
        session.undo()
        assert live.told[-1].mood == "info"
        session.undo()
        await until(session.document.based, lambda: not session.document.target.kept)
        assert np.array_equal(session.document.base.pixels, base.pixels)
        assert not session.painting.plane.is_empty
        session.redo()
        await until(session.document.based, lambda: bool(session.document.target.kept))
        assert session.painting.plane.is_empty

    live.run(script)


def test_a_project_opens_as_it_was_left(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]
    left = {}

    async def work(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        await removed(session)
        await session.keep()
        paint(session, 100, 100)
        session.form.set_prompt("a red kite")
        left["base"] = session.document.base.pixels.copy()
        left["mask"] = session.painting.plane.snapshot()

    async def look(session: Session) -> None:
        await ready(session)
        assert [held.name for held in session.document.pictures] == ["a.png", "b.png"]
        assert np.array_equal(session.document.base.pixels, left["base"])
        assert np.array_equal(session.painting.plane.pixels, left["mask"])
        assert session.form.state.prompt == "a red kite"
        assert len(session.gallery.state.entries) == 1
        session.undo()
        assert session.painting.plane.is_empty

    live.run(work)
    assert live.path is not None
    live.run(look, live.path)


def test_a_picture_from_elsewhere_is_joined_into_the_mask(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")
    answer = scene(tmp_path / "answer.png", (240, 160), spot=False).read_bytes()

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await session.take_result(answer, "answer.png")
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert session.protection()[0] == 0

    live.run(script)


def test_a_result_without_a_mask_is_refused_in_one_sentence(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        session.run(lambda: session.take_result(source.read_bytes(), "x.png"), "result")
        await until(session.told, lambda: bool(live.told))

    live.run(script)
    assert live.told[0].mood == "error"


def test_a_mask_is_read_in_the_place_of_the_painted_one(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")
    mask = np.zeros((320, 480), np.uint8)
    mask[100:200, 50:150] = 255

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        data = cv2.imencode(".png", mask)[1].tobytes()
        await session.masks.take(data, "mask.png")
        assert np.array_equal(session.painting.plane.pixels, mask)
        session.undo()
        assert session.painting.plane.pixels[160, 240] == 255

    live.run(script)


def test_nothing_painted_is_said_beside_the_field(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")
    wanted: list[str] = []

    async def script(session: Session) -> None:
        session.wanted.connect(wanted.append)
        await opened(session, source)
        await session.send()
        assert not session.jobs.running

    live.run(script)
    assert wanted == ["mask"]


def test_an_export_without_a_source_folder_goes_among_the_pictures(
    live: Live, tmp_path: Path
) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await session.document.take(source.read_bytes(), "pasted picture")
        await session.exporting.export()

    live.run(script)
    assert live.told[-1].file == tmp_path / "home" / "pictures" / "pasted picture_edit.png"


def test_saving_gives_the_project_a_place(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        await session.save_as(tmp_path / "work.frisket")
        assert session.store.path == tmp_path / "work.frisket"

    live.run(script)
    assert (tmp_path / "work.frisket").exists()


@pytest.mark.parametrize("suffix", [".tif", ".webp", ".jpg"])
def test_other_formats_are_written_by_their_ending(live: Live, tmp_path: Path, suffix: str) -> None:
    source = scene(tmp_path / "photo.png")
    target = tmp_path / f"other{suffix}"

    async def script(session: Session) -> None:
        await opened(session, source)
        await session.exporting.export(target)

    live.run(script)
    assert target.exists()
    assert live.told[-1].mood == ("warn" if suffix == ".jpg" else "ok")


def test_a_picture_is_edited_before_the_others_and_replaced_by_a_file(
    live: Live, tmp_path: Path
) -> None:
    first, second, third = (scene(tmp_path / f"{name}.png") for name in "abc")

    async def script(session: Session) -> None:
        await opened(session, first)
        await session.edit(second)
        assert [held.name for held in session.document.pictures] == ["b.png", "a.png"]
        await session.replace(session.document.pictures[1].slot, third)
        assert [held.name for held in session.document.pictures] == ["b.png", "c.png"]
        assert session.document.pictures[1].path == third

    live.run(script)


def test_a_file_that_cannot_be_read_is_told_by_whoever_runs_it(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        session.run(lambda: session.edit(tmp_path / "nothing.png"), "edit")
        await until(session.told, lambda: bool(live.told))
        assert session.document.target is None

    live.run(script)
    (notice,) = live.told
    assert notice.mood == "error"
    assert "nothing.png" in notice.template.format(**notice.values)


def test_without_a_picture_nothing_happens(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await session.exporting.export()
        await session.masks.write(tmp_path / "mask.png", Manner())
        await session.masks.take(b"not looked at", "mask.png")
        await session.keep()
        await session.send()
        session.undo()
        session.redo()
        assert session.protection() is None

    live.run(script)
    assert live.told == []
    assert not (tmp_path / "mask.png").exists()


def test_the_lock_counts_what_the_stage_shows(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        assert session.protection() is None
        numbers = {}
        for id, diameter in (("v1", 40), ("v2", 80)):
            session.painting.clear()
            paint(session, diameter=diameter)
            numbers[id] = 480 * 320 - int(np.count_nonzero(session.painting.plane.pixels))
            await offered(session, id, 90)
        for shown, protected in ((1, numbers["v2"]), (2, numbers["v1"])):
            session.gallery.show(shown)
            assert session.protection() == (0, protected)
        for number in (0, None):
            session.gallery.show(0) if number == 0 else session.gallery.leave()
            assert session.protection() is None
        session.gallery.show(2)
        await session.keep()
        assert session.gallery.state.shown is None
        assert session.protection() == (0, numbers["v1"])

    live.run(script)


def test_what_is_kept_is_called_by_its_number(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        for id in ("v1", "v2"):
            await offered(session, id, 90)
        session.gallery.show(0)
        await session.keep()
        assert session.document.target.kept == ()
        session.gallery.show(2)
        await session.keep()
        assert [kept.title for kept in session.document.target.kept] == ["Keep v2"]
        assert session.document.target.kept[0].variant == "v1"

    live.run(script)


def test_closing_the_last_picture_leaves_nothing_to_paint_on(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        slot = session.painting.slot
        session.document.remove(slot)
        assert (session.painting.plane, session.painting.slot) == (None, "")
        session.undo()
        await until(session.painting.turned, lambda: session.painting.slot == slot)
        assert not session.painting.plane.is_empty
        assert session.timeline.undoable(slot).title == "Brush"

    live.run(script)


def test_strokes_that_no_longer_fit_the_memory_are_no_steps(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        for x in (100, 200, 300):
            paint(session, x)
        history = session.painting.mask_of(session.painting.slot).history
        history._undo[:] = history._undo[2:]
        paint(session, 400)
        assert [step.kind.value for step in session.timeline.steps] == ["slots", "stroke", "stroke"]

    live.run(script)


def test_nothing_is_taken_back_in_the_middle_of_a_stroke(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        session.painting.begin(50, 50)
        session.undo()
        session.redo()
        session.painting.end()
        assert session.painting.plane.pixels[160, 240] == 255
        assert session.painting.plane.pixels[50, 50] > 0

    live.run(script)
