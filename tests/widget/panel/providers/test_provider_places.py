"""Where the parts of the provider panel stand, and where the keyboard goes in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.errors import NotSent
from editor.session.probing import Probed
from editor.ui.controls.button import RING, Button
from editor.ui.controls.choice_tile import ChoiceTile
from editor.ui.panel.provider_panel import ProviderPanel
from editor.ui.theme import current
from tests.widget.panel.providers.conftest import CARD, FREE, OPENAI, OTHER, STATE


def test_what_belongs_together_stands_in_a_line(panel: ProviderPanel) -> None:
    ready = replace(STATE, keys={"openai": "keyring"}, card=CARD)
    panel.show_state(ready, in_use=False)
    panel.card.show_probe(Probed(), ready, OPENAI.models[0])
    QApplication.processEvents()

    def place(name: str) -> QRect:
        found = panel.findChild(QWidget, name)
        assert found is not None, name
        return QRect(found.mapTo(panel, QPoint()), found.size())

    edge = current().sizes.far
    for name in ("provider-tiles", "row-key", "key-test", "providers-use", "card-probe"):
        assert place(name).left() == edge, name
    link = place("key-page")
    assert link.left() == edge - RING
    page = panel.findChild(Button, "key-page")
    assert page is not None
    assert link.width() >= page.sizeHint().width()
    probe, price = place("card-probe"), place("card-price")
    assert price.left() == probe.right() + 1 + current().sizes.near
    assert abs(price.center().y() - probe.center().y()) <= 2


def test_it_starts_at_the_key(panel: ProviderPanel, qtbot: QtBot) -> None:
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.start()
    assert panel.key.field.line.hasFocus()
    panel.show_state(replace(STATE, chosen=OTHER), in_use=False)
    panel.go_on()
    assert panel.key.address.hasFocus()
    tile = panel.tiles.findChildren(ChoiceTile)[0]
    tile.setFocus()
    panel.go_on()
    assert tile.hasFocus()
    panel.show_state(replace(STATE, chosen=FREE), in_use=False)
    panel.start()
    assert panel.done.hasFocus()


def test_tab_walks_from_top_to_bottom(panel: ProviderPanel, qtbot: QtBot) -> None:
    ready = replace(STATE, keys={"openai": "keyring"}, trouble=NotSent("x"), waiting=1)
    panel.show_state(ready, in_use=False)
    panel.card.show_probe(Probed(), ready, OPENAI.models[0])
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.done.setFocus()
    walked = ["providers-done"]
    while len(walked) < 30:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        name = panel.focusWidget().objectName()
        if name in walked:
            break
        walked.append(name)
    tiles = [name for name in walked if name.startswith(("provider-openai", "provider-own"))]
    assert "provider-openai" in tiles
    controls = [name for name in walked if not name.startswith("provider-") or name in {
        "provider-address", "provider-key-line",
    }]  # fmt: skip
    assert controls == [
        "providers-done", "providers-resume", "providers-drop", "provider-address",
        "provider-key-line", "key-page", "key-forget", "key-test", "providers-use", "card-probe",
    ]  # fmt: skip
