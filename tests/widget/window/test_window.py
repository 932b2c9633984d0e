"""The window over a live session: commands, keys, strip and views, by events as a person's."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.tile_face import Kind
from editor.ui.incoming import Incoming
from editor.ui.window import TITLE_BAR, Turn, Window
from tests.fakes.living import Live, based, opened, scene, until, wired

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def stroke(window: Window) -> None:
    canvas = window.stage.canvas
    middle = QPoint(*map(int, canvas.viewport.to_pane(240, 160)))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(10, 4))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(10, 4))


async def removed(window: Window, session: Session) -> None:
    stroke(window)
    QTest.keyClick(window.stage.canvas, Key.Key_Return, CTRL)
    await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)


def test_the_main_job_by_keys(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        session.painting.set_brush(diameter=50)
        await removed(window, session)
        tile = window.strip.results.tile(session.gallery.state.entries[0].id)
        assert tile is not None
        assert tile.face.kind is Kind.DONE
        QTest.keyClick(window.focusWidget() or window, Key.Key_Return)
        await until(session.finishing.kept, lambda: bool(session.document.target.kept))
        QTest.keyClick(window.stage.canvas, Key.Key_E, CTRL)
        await until(session.told, lambda: bool(live.told))

    live.show(script)
    assert (tmp_path / "photo_edit.png").exists()


def test_digits_show_the_original_and_the_answer(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        await removed(window, session)
        canvas = window.stage.canvas
        for key, shown in ((Key.Key_0, 0), (Key.Key_1, 1), (Key.Key_Escape, None)):
            QTest.keyClick(canvas, key)
            assert session.gallery.state.shown == shown
        QTest.keyClick(canvas, Key.Key_7)
        assert session.gallery.state.shown is None

    live.show(script)


def test_views_and_panels_turn_on_and_off(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        await removed(window, session)
        for key, view in ((Key.Key_F8, "beside"), (Key.Key_F7, "grid"), (Key.Key_F7, "edit")):
            QTest.keyClick(window, key)
            assert window.stage.view == view
        window.actions_by_id["panels"].trigger()
        assert not window.dock.isVisible()
        window.actions_by_id["panels"].trigger()
        assert window.dock.isVisible()
        window.actions_by_id["keys"].trigger()
        assert window.stage.keys.isVisible()

    live.show(script)


def test_commands_are_on_only_where_they_can_act(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        on = window.actions_by_id
        assert not on["export"].isEnabled()
        assert not on["undo"].isEnabled()
        await opened(session, source)
        assert on["export"].isEnabled()
        assert not on["export-mask"].isEnabled()
        stroke(window)
        assert on["export-mask"].isEnabled()
        assert on["undo"].isEnabled()
        on["undo"].trigger()
        assert session.painting.plane.is_empty
        assert on["redo"].isEnabled()

    live.show(script)


def test_mask_commands(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        plane = session.painting.plane
        for id, value in (("mask-all", 255), ("mask-invert", 0), ("mask-invert", 255)):
            window.actions_by_id[id].trigger()
            assert plane.pixels[5, 5] == value
        QTest.keyClick(window.stage.canvas, Key.Key_Delete)
        assert plane.is_empty

    live.show(script)


def test_pictures_are_ordered_turned_and_removed(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    def names(session: Session) -> str:
        return "".join(Path(held.name).stem for held in session.document.pictures)

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)
        QTest.keyClick(window.stage.canvas, Key.Key_PageDown)
        assert names(session) == "bca"
        await based(session)
        tile = window.strip.pictures.tile(session.document.pictures[0].slot)
        QTest.keyClick(tile, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert names(session) == "cba"
        QTest.keyClick(
            window.strip.pictures.tile(session.document.pictures[2].slot), Key.Key_Delete
        )
        assert names(session) == "cb"
        session.undo()
        assert names(session) == "cba"

    live.show(script)


def test_the_seventeenth_picture_is_refused_in_one_sentence(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{number}.png", (32, 24)) for number in range(17)]

    async def script(window: Window, session: Session) -> None:
        await session.open(paths)
        assert len(session.document.pictures) == 16
        assert len(window.stage.toasts.shown()) == 1

    live.show(script)


def test_what_cannot_be_opened_changes_nothing(live: Live, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"not a picture")

    async def script(window: Window, session: Session) -> None:
        await session.open([bad])
        assert session.document.target is None
        assert [toast.tone for toast in window.stage.toasts.shown()] == ["error"]

    live.show(script)


def test_all_of_it_fits_a_small_screen(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, path)
        assert window.minimumSizeHint().height() + TITLE_BAR <= 720
        assert window.minimumSizeHint().width() <= 1280

    live.show(script)


@pytest.mark.parametrize(("zone", "pictures"), [("edit", 2), ("reference", 2)])
def test_a_drop_goes_where_its_zone_says(
    live: Live, tmp_path: Path, zone: str, pictures: int
) -> None:
    first, second = scene(tmp_path / "a.png"), scene(tmp_path / "b.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, first)
        drop(window, second, zone)
        await until(session.document.ordered, lambda: len(session.document.pictures) == pictures)
        leading = session.document.pictures[0].name
        assert leading == ("b.png" if zone == "edit" else "a.png")

    live.show(script)


def drop(window: Window, path: Path, zone: str) -> None:
    """Send the events of a drag that ends in a zone."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    start = window.stage.mapTo(window, window.stage.rect().center())
    enter = QDragEnterEvent(start, action, mime, Qt.MouseButton.LeftButton, none)
    window.dragEnterEvent(enter)
    zones = window.stage.zones
    spot = next(
        point
        for x in range(10, zones.width(), 20)
        for y in range(10, zones.height(), 20)
        if zones.hover(point := QPoint(x, y)) == zone
    )
    at = window.stage.mapTo(window, spot)
    window.dragMoveEvent(QDragMoveEvent(at, action, mime, Qt.MouseButton.LeftButton, none))
    window.dropEvent(QDropEvent(QPointF(at), action, mime, Qt.MouseButton.LeftButton, none))


def test_the_first_drop_opens_anywhere(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "a.png")

    async def script(window: Window, session: Session) -> None:
        drop(window, path, "edit")
        await based(session)

    live.show(script)


def test_a_picture_is_pasted_and_what_gets_sent_is_copied(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "a.png")

    async def script(window: Window, session: Session) -> None:
        mime = QMimeData()
        mime.setData("image/png", path.read_bytes())
        QGuiApplication.clipboard().setMimeData(mime)
        window.actions_by_id["paste"].trigger()
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        stroke(window)
        window.actions_by_id["copy-sent"].trigger()
        session.sending.judge()
        clipboard = QGuiApplication.clipboard()
        await until(clipboard.dataChanged, lambda: clipboard.mimeData().hasImage())
        assert clipboard.image().size().toTuple() == session.sending.placement.sent

    live.show(script)


def test_enter_on_the_canvas_goes_to_the_prompt(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "a.png")

    async def script(window: Window, session: Session) -> None:
        session.form.set_provider("openai")
        await opened(session, path)
        QTest.keyClick(window.stage.canvas, Key.Key_Return)
        assert window.stage.prompt.isAncestorOf(window.focusWidget())
        QTest.keyClicks(window.focusWidget(), "a red kite 1")
        assert session.form.state.prompt == "a red kite 1"
        QTest.keyClick(window.focusWidget(), Key.Key_Escape)
        assert window.focusWidget() is window.stage.canvas

    live.show(script)


def test_tools_by_place_and_by_click(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "a.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, path)
        canvas = window.stage.canvas
        for key, tool in ((Key.Key_H, "hand"), (Key.Key_Z, "zoom"), (Key.Key_B, "brush")):
            QTest.keyClick(canvas, key)
            assert canvas.tool == tool
        QTest.keyClick(canvas, Key.Key_E)
        assert session.painting.brush.erase
        QTest.keyClick(canvas, Key.Key_X)
        assert not session.painting.brush.erase

    live.show(script)


def test_the_window_is_remembered(live: Live, tmp_path: Path) -> None:
    from editor.preferences.preferences import load

    async def script(window: Window, session: Session) -> None:
        window.actions_by_id["dark"].trigger()
        session.form.set_provider("openai")
        window.close()

    live.show(script)
    kept = load()
    assert (kept.theme, kept.provider) == ("light", "openai")
    assert kept.geometry


def test_several_dropped_pictures_may_be_edits_of_their_own(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(window: Window, session: Session) -> None:
        wired(window).commands.take(Incoming(tuple(paths)), "edit")
        await until(session.document.ordered, lambda: len(session.document.pictures) == 3)
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        assert len(session.document.references) == 2
        await finish()
        wired(window).commands.do("each")
        assert session.document.references == ()

    live.show(script)


def test_tab_on_the_canvas_hides_everything_but_the_stage(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        QTest.keyClick(window.stage.canvas, Key.Key_Tab)
        assert not window.strip.isVisible()
        QTest.keyClick(window.stage.canvas, Key.Key_Tab)
        assert window.strip.isVisible()

    live.show(script)


def test_a_new_project_and_a_recent_one_follow_this_window(live: Live, tmp_path: Path) -> None:
    turns: list[object] = []

    async def script(window: Window, session: Session) -> None:
        window.actions_by_id["new"].trigger()
        turns.append(window.turned_to)

    live.show(script)
    assert turns == [Turn(None)]


def test_a_saved_project_is_a_recent_one(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        wired(window).commands.do("save-as")
        dialog = window.findChild(QFileDialog)
        assert dialog is not None
        dialog.filesSelected.emit([str(tmp_path / "work.frisket")])
        await until(session.told, lambda: bool(live.told))
        dialog.close()
        await finish()
        assert window.actions_by_id["recent"].menu().actions()[0].text() == "work"

    live.show(script)
