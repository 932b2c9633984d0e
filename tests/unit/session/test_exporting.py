"""Exporting what the stage shows: names, order, manners, and what is told."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
from psd_tools import PSDImage

from editor.compose.assets.manner import Manner
from editor.compose.blend import BEYOND
from editor.errors import CannotWrite, InputProblem
from editor.imaging import codec, xmp
from editor.imaging.geometry import Rect, Size
from editor.preferences.places import cache_folder
from editor.session import exporting
from editor.session.session import Session
from tests.fakes.living import Live, offered, opened, paint, scene, until
from tests.fakes.pictures import png_of, xmp_packet


async def two_results(session: Session, photo: Path) -> None:
    """A dark and a light answer for one mask; the light one, which came last, is v1."""
    await opened(session, photo)
    paint(session)
    await offered(session, "dark", 40)
    await offered(session, "light", 220)
    session.gallery.leave()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} - {"photo.png"}


def level(path: Path) -> int:
    """Of the middle, which is painted."""
    return int(cv2.imread(str(path))[160, 240, 0])


def test_exports_at_once_get_names_of_their_own(live: Live, photo: Path, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(session.exporting.export())

    live.run(script)
    assert names(tmp_path) == {"photo_edit.png", "photo_edit-2.png", "photo_edit-3.png"}
    assert [notice.mood for notice in live.told] == ["ok", "ok", "ok"]


def test_every_result_goes_out_under_a_name_of_its_own(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()

    async def script(session: Session) -> None:
        await two_results(session, photo)
        await session.exporting.export_all(
            Manner(name="{name}_{variant}_{w}x{h}", recipe=False), out
        )
        await session.exporting.export_all(Manner(name="{name}", recipe=False), out)

    live.run(script)
    assert names(out) == {
        "photo_v1_480x320.png", "photo_v2_480x320.png", "photo.png", "photo-2.png",
    } - {"photo.png"}  # fmt: skip
    assert level(out / "photo_v1_480x320.png") == 220
    assert level(out / "photo_v2_480x320.png") == 40
    assert [(notice.mood, notice.values["count"]) for notice in live.told] == [("ok", 2), ("ok", 2)]
    assert live.told[0].values["changed"] == "0"


def test_what_all_of_them_lose_is_told_once(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await two_results(session, photo)
        await session.exporting.export_all(Manner(format="jpeg"))

    live.run(script)
    (notice,) = live.told
    assert notice.mood == "warn"
    assert "JPEG" in str(notice.values["note"])


def test_an_answer_that_does_not_reach_all_of_the_mask_is_told(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90, Rect(0, 0, 240, 320))
        await session.exporting.export()

    live.run(script)
    (notice,) = live.told
    assert (notice.mood, str(notice.values["note"])) == ("warn", BEYOND)


def test_without_results_there_is_nothing_to_export_together(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await session.exporting.export_all(Manner())
        await session.exporting.export_as(Manner())
        assert session.exporting.example(Manner()) is None
        await opened(session, photo)
        with pytest.raises(InputProblem, match="no results"):
            await session.exporting.export_all(Manner())

    live.run(script)
    assert live.told == []


def test_only_the_starred_results_go_out_when_there_are_any(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    async def script(session: Session) -> None:
        await two_results(session, photo)
        assert not session.exporting.any_starred
        session.gallery.mark("dark", starred=True)
        assert [entry.id for entry in session.exporting.starred] == ["dark"]
        assert session.exporting.any_starred
        await session.exporting.export_all(Manner(name="{variant}", recipe=False))

    live.run(script)
    assert names(tmp_path) == {"v2.png"}
    assert level(tmp_path / "v2.png") == 40


def test_an_example_says_what_an_export_would_make(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Day(date):
        @classmethod
        def today(cls) -> date:
            return date(2026, 11, 21)

    monkeypatch.setattr(exporting, "date", Day)

    async def script(session: Session) -> None:
        await two_results(session, photo)
        session.gallery.show(2)
        manner = Manner(format="jpeg", name="{name} {variant} {date} {w}", longest=240)
        found = session.exporting.example(manner)
        assert found is not None
        assert found.name == "photo v2 2026-11-21 240.jpg"
        assert (found.size, found.steps) == (Size(240, 160), ("size", "jpeg"))
        assert found.problem is None
        odd = session.exporting.example(replace(manner, name="{size}"))
        assert odd is not None
        assert odd.problem is not None
        with pytest.raises(InputProblem, match="no part of a name"):
            await session.exporting.export_as(replace(manner, name="{size}"))

    live.run(script)


def test_a_cut_out_takes_the_mask_of_what_is_shown(live: Live, photo: Path, tmp_path: Path) -> None:
    cut = Manner(format="cutout", name="{name}_{variant}")

    async def script(session: Session) -> None:
        await two_results(session, photo)
        painted = session.painting.plane.snapshot()
        await session.exporting.export_as(cut, tmp_path)
        session.painting.clear()
        session.gallery.show(1)
        await session.exporting.export_as(cut, tmp_path)
        await session.keep()
        session.gallery.leave()
        await session.exporting.export_as(cut, tmp_path)
        for name, colour in (("photo-2", None), ("photo_v1", 220), ("photo-3", 220)):
            found = cv2.imread(str(tmp_path / f"{name}.png"), cv2.IMREAD_UNCHANGED)
            alpha = painted if name != "photo-3" else (painted > 0) * 255
            assert np.array_equal(found[..., 3], alpha), name
            if colour is not None:
                assert (found[160, 240, :3] == colour).all()

    live.run(script)
    assert len(live.told) == 3


def test_layers_hold_source_edits_and_results(live: Live, photo: Path, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await two_results(session, photo)
        session.gallery.show(2)
        await session.exporting.export_as(Manner(format="psd", name="{name}", recipe=False))
        await session.exporting.export_all(Manner(format="psd", name="all", recipe=False))

    live.run(script)
    assert names(tmp_path) == {"photo.psd", "all.psd"}
    found = PSDImage.open(tmp_path / "photo.psd")
    assert [layer.name for layer in found] == ["photo.png", "v2", "v1"]
    assert [layer.visible for layer in found] == [True, True, False]
    assert found.topil().getpixel((240, 160)) == (40, 40, 40)


def test_the_clipboard_gets_every_pixel(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await two_results(session, photo)
        session.gallery.show(1)
        data = await session.exporting.picture()
        found = codec.decode(data, codec.read_facts(data, "copied")).pixels
        source, mask = cv2.imread(str(photo)), session.painting.plane.snapshot()
        assert np.array_equal(found[..., :3][mask == 0], source[mask == 0])
        assert found[160, 240].tolist() == [220, 220, 220, 255]

    live.run(script)


def test_the_clipboard_tells_no_place(live: Live, photo: Path) -> None:
    photo.write_bytes(png_of(cv2.imread(str(photo)), xmp.chunk(xmp_packet())))

    async def script(session: Session) -> None:
        await opened(session, photo)
        told = codec.read_facts(await session.exporting.picture(), "copied").xmp.decode()
        assert "Ann\u00e9" in told
        assert "London" not in told

    live.run(script)


def test_other_programs_get_a_file_of_their_own(
    live: Live, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "DRAGGED", 2)

    async def script(session: Session) -> None:
        await two_results(session, photo)
        paths = [await session.exporting.for_others(id) for id in ("dark", "light", "original")]
        assert [path.name for path in paths] == ["photo_edit.png", "photo_edit.png", "photo.png"]
        assert [path.exists() for path in paths] == [False, True, True]
        assert np.array_equal(cv2.imread(str(paths[2])), cv2.imread(str(photo)))
        assert level(paths[1]) == 220
        assert paths[2].is_relative_to(cache_folder())

    live.run(script)
    assert live.told == []
    assert names(tmp_path) == set()


def test_files_for_other_programs_may_be_made_at_once(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = threading.Barrier(3)

    def looked(found: Iterable[object]) -> list[object]:
        """The folders that are there, known to all who look before any makes another."""
        there = sorted(found)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(0.5)
        return there

    monkeypatch.setattr(exporting, "sorted", looked, raising=False)

    async def script(session: Session) -> None:
        await two_results(session, photo)
        wanted = (session.exporting.for_others(id) for id in ("dark", "light", "original"))
        paths = await asyncio.gather(*wanted)
        assert len({path.parent for path in paths}) == 3
        assert all(path.exists() for path in paths)

    live.run(script)


def test_no_place_for_other_programs_is_told(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        (cache_folder() / "dragged").touch()
        with pytest.raises(CannotWrite):
            await session.exporting.for_others("original")

    live.run(script)


def test_a_picture_that_left_the_stage_is_not_taken_for_another(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    other = scene(tmp_path / "other.png")

    async def script(session: Session) -> None:
        await opened(session, photo, other)
        async with session.exporting._turn:
            session.run(session.exporting.export, "export")
            await asyncio.sleep(0)
            session.document.turn(1)
        await until(session.told, lambda: bool(live.told))

    live.run(script)
    (notice,) = live.told
    assert notice.mood == "error"
    assert notice.values == {"name": "photo.png"}
    assert names(tmp_path) == {"other.png"}
