"""The export panel over a live session, the clipboard, and what the commands write."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.imaging import codec
from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.text_field import TextField
from editor.ui.export_words import exact
from editor.ui.exporting import ExportPanel
from editor.ui.window import TITLE_BAR, Window
from tests.fakes.dialogs import choose
from tests.fakes.living import Live, offered, opened, paint, until


def panel_of(window: Window) -> ExportPanel:
    window.actions_by_id["export-as"].trigger()
    (panel,) = window.findChildren(ExportPanel)
    return panel


def choose_entry(panel: QWidget, name: str, value: str) -> None:
    """As a person takes an entry of a list."""
    combo = panel.findChild(Combo, name)
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def words(panel: QWidget, name: str) -> str:
    return panel.findChild(Message, name).words


async def press(panel: ExportPanel, session: Session, live: Live, count: int = 1) -> None:
    before = len(live.told)
    panel.findChild(Button, "export-go").click()
    await until(session.told, lambda: len(live.told) == before + count)


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("high", [720, 768, 1080])
def test_all_of_the_panel_fits_the_screen_and_stands_closer_only_on_a_low_one(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch, high: int
) -> None:
    screen = SimpleNamespace(availableGeometry=lambda: QRect(0, 0, 1280, high))
    monkeypatch.setattr(ExportPanel, "screen", lambda panel: screen)

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        QApplication.processEvents()
        assert panel.height() + TITLE_BAR <= high
        assert panel.layout().spacing() == (4 if high == 720 else 8)

    live.show(script)


def test_the_panel_says_what_it_will_write_and_writes_it(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        assert not panel.isModal()
        assert words(panel, "export-name-example").startswith("photo_edit.png ")
        assert words(panel, "export-exact").startswith("Exact:")
        choose_entry(panel, "export-preset", "web")
        assert "photo_web.webp" in words(panel, "export-name-example")
        assert words(panel, "export-exact") == "Exact before WebP"
        await press(panel, session, live)
        assert panel.isVisible(), "it stays for the next one"

    live.show(script)
    assert (tmp_path / "photo_web.webp").exists()
    assert live.told[-1].mood == "warn"


def test_rows_change_one_thing_each(live: Live, photo: Path, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        choose_entry(panel, "export-format", "jpeg")
        choose_entry(panel, "export-size", "1024")
        choose_entry(panel, "export-dpi", "150")
        for name in ("export-exif-none", "export-colours-srgb"):
            panel.findChild(QWidget, name).click()
        panel.findChild(QWidget, "export-quality-field").setValue(70)
        panel.findChild(QWidget, "export-disclosed").click()
        field = panel.findChild(TextField, "export-name")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "{name}-{w}")
        manner = panel.manner
        assert (manner.format, manner.longest, manner.dpi, manner.exif) == (
            "jpeg", 1024, 150, "none",
        )  # fmt: skip
        assert (manner.srgb, manner.quality, manner.disclosed) == (True, 70, True)
        assert panel.findChild(Combo, "export-preset").value() == "own"
        await press(panel, session, live)

    live.show(script)
    data = (tmp_path / "photo-480.jpg").read_bytes()
    assert b"compositeWithTrainedAlgorithmicMedia" in data
    assert codec.read_facts(data, "a").dpi == (150, 150)


def test_what_does_not_apply_is_off_with_its_reason(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)

        def live_rows() -> set[str]:
            names = ("size", "depth", "colours", "lossless", "exif", "which")
            controls = {name: panel.findChild(QWidget, f"export-{name}") for name in names}
            return {name for name, control in controls.items() if control.isEnabled()}

        assert live_rows() == {"size", "depth", "colours", "exif"}
        for format in ("webp", "avif"):
            choose_entry(panel, "export-format", format)
            assert live_rows() == {"size", "colours", "lossless", "exif"}
            assert words(panel, "export-exact").startswith("Exact:")
        choose_entry(panel, "export-format", "ora")
        assert live_rows() == set()
        assert "OpenRaster" in panel.findChild(Segmented, "export-exif").toolTip()
        choose_entry(panel, "export-format", "patch")
        assert live_rows() == {"exif"}
        assert words(panel, "export-exact").startswith("Exact over the source")
        assert not panel.findChild(QWidget, "export-quality").isEnabled()

    live.show(script)


def test_each_step_after_which_it_is_no_longer_exact_is_named() -> None:
    assert exact("", ["depth"]) == ("Exact before 8 bits", "warn")
    told = "Exact before scaling, the conversion to sRGB and JPEG"
    assert exact("jpeg", ["size", "srgb", "jpeg"]) == (told, "warn")
    assert [exact(format, [format])[1] for format in ("webp", "avif")] == ["warn", "warn"]


def test_the_recipe_goes_inside_by_choice_alone(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        way = panel.findChild(Segmented, "export-recipe")
        assert (way.value(), panel.manner.embeds) == ("beside", False)
        panel.findChild(QWidget, "export-recipe-inside").click()
        assert (way.value(), panel.manner.recipe, panel.manner.embeds) == ("inside", True, True)
        assert panel.findChild(Combo, "export-preset").value() == "own"
        choose_entry(panel, "export-format", "ora")
        assert way.value() == "beside", "OpenRaster has no place for it"
        panel.findChild(QWidget, "export-recipe-none").click()
        assert (way.value(), panel.manner.recipe, panel.manner.embeds) == ("none", False, False)
        for preset in session.exporting.presets():
            choose_entry(panel, "export-preset", preset.id)
            assert way.value() == ("beside" if preset.manner.recipe else "none")

    live.show(script)


def test_a_template_that_names_nothing_is_refused_as_it_is_typed(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        field = panel.findChild(TextField, "export-name")
        field.selectAll()
        QTest.keyClicks(field, "{seed}")
        assert "{seed} is no part of a name" in words(panel, "export-name-example")
        assert not panel.findChild(Button, "export-go").isEnabled()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, "fine")
        assert panel.findChild(Button, "export-go").isEnabled()

    live.show(script)


def test_all_results_go_into_a_chosen_folder(live: Live, photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        assert not panel.findChild(Segmented, "export-which").isEnabled()
        paint(session)
        await offered(session, "dark", 40)
        await offered(session, "light", 220)
        which = panel.findChild(Segmented, "export-which")
        assert which.isEnabled()
        panel.findChild(QWidget, "export-which-all").click()
        panel.findChild(Button, "export-folder").click()
        choose(panel, out)
        assert "out" in panel.findChild(Button, "export-folder").text()
        await press(panel, session, live)
        window.actions_by_id["export-all"].trigger()
        await until(session.told, lambda: len(live.told) == 2)

    live.show(script)
    both = {"photo_edit.png", "photo_edit-2.png"}
    for folder in (out, tmp_path):
        assert both == {path.name for path in folder.glob("photo_edit*.png")} & both


def test_closing_pictures_switches_the_panel_off(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        panel = panel_of(window)
        session.document.remove(session.painting.slot)
        assert words(panel, "export-name-example") == "No picture is open"
        assert not panel.findChild(Button, "export-go").isEnabled()
        panel.findChild(Button, "export-close").click()
        assert not panel.isVisible()

    live.show(script)


def test_the_clipboard_takes_the_picture_as_png(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        window.actions_by_id["copy-picture"].trigger()
        await until(session.told, lambda: bool(live.told))
        mime = QGuiApplication.clipboard().mimeData()
        data = mime.data("image/png").data()
        found = codec.decode_native(data, codec.read_facts(data, "copied")).samples
        assert np.array_equal(found[..., ::-1], cv2.imread(str(photo)))
        QGuiApplication.clipboard().clear()

    live.show(script)


def test_every_control_has_a_name_for_eyes_and_readers(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        controls = [
            control
            for control in panel_of(window).findChildren(QWidget)
            if control.objectName().startswith("export-")
            and control.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ]
        assert len(controls) > 15
        assert all(control.accessibleName() and control.toolTip() for control in controls)

    live.show(script)
