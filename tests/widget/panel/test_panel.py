"""Panel: every field of every model has its place, and every change is reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from editor.capability.sentence import Sentence
from editor.edits.check import Trouble
from editor.ui.controls.message import Message
from editor.ui.panel.groups import grouped
from editor.ui.panel.panel import Panel
from tests.fakes.forms import CATALOG, form
from tests.fakes.parts import part
from tests.fakes.unfolding import unfold
from tests.widget.panel.conftest import MODELS, show

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, panel: Panel, name: str) -> None:
    button = part(panel, QWidget, name)
    assert button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def all_open(panel: Panel) -> None:
    unfold(panel)
    QApplication.processEvents()


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_every_field_of_every_model_is_found(panel: Panel, provider: str, model: str) -> None:
    state = form(provider, model)
    show(panel, state)
    all_open(panel)
    for field in state.model.fields:
        if field.off:
            line = part(panel, QWidget, f"missing-{field.name}")
            assert isinstance(line, Message)
            assert field.off in line.words
        elif field.name != "prompt":
            assert part(panel, QWidget, f"field-{field.name}").isVisible(), field.name


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_no_field_stands_twice(provider: str, model: str) -> None:
    fields = CATALOG.model(provider, model).fields
    groups = grouped(CATALOG.model(provider, model))
    placed = [*groups.main, *groups.output, *groups.advanced, *groups.missing]
    names = [field.name for field in placed]
    assert len(names) == len(set(names))
    assert {field.name for field in fields} - {"prompt"} == set(names) - {"prompt"}


def test_the_first_rows_keep_their_order(panel: Panel) -> None:
    for model in ("gpt-image-2", "gpt-image-2.6-flare", "gpt-image-1.5"):
        show(panel, form(model=model))
        QApplication.processEvents()
        names = ["row-provider", "row-model", "preset", "row-size", "row-quality", "row-count"]
        names.append("row-frame")
        rows = [part(panel, QWidget, name) for name in names]
        tops = [row.mapTo(panel, row.rect().topLeft()).y() for row in rows]
        assert tops == sorted(tops)


def test_draft_and_final_are_always_visible(panel: Panel) -> None:
    for provider in CATALOG.providers:
        for model in provider.models:
            show(panel, form(provider.id, model.id))
            assert part(panel, QWidget, "preset-draft").isVisible()
            assert part(panel, QWidget, "preset-final").isVisible()


def test_a_new_value_is_shown_in_place(panel: Panel) -> None:
    show(panel, form())
    quality = part(panel, QWidget, "field-quality")
    show(panel, form(settings={"quality": "high"}))
    assert part(panel, QWidget, "field-quality") is quality
    assert quality.value() == "high"


def test_another_model_gets_its_own_rows(panel: Panel) -> None:
    show(panel, form())
    quality = part(panel, QWidget, "field-quality")
    show(panel, form(model="gpt-image-2.6-flare"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(panel.findChildren(QWidget, "field-quality")) == 1
    assert part(panel, QWidget, "field-quality") is not quality
    assert part(panel, QWidget, "row-frame").isVisible()


def test_changes_are_reported_and_decided_by_nobody_here(qtbot: QtBot, panel: Panel) -> None:
    show(panel, form())
    for signal, name, heard in (
        (panel.preset_chosen, "preset-final", ["final"]),
        (panel.frame_chosen, "frame-whole", ["whole"]),
        (panel.field_changed, "field-quality-high", ["quality", "high"]),
        (panel.count_chosen, "field-count-few-3", [3]),
    ):
        with qtbot.waitSignal(signal) as blocker:
            click(qtbot, panel, name)
        assert blocker.args == heard


def test_provider_and_model_are_reported(qtbot: QtBot, panel: Panel) -> None:
    show(panel, form())
    provider, model = part(panel, QWidget, "provider"), part(panel, QWidget, "model")
    assert isinstance(provider, QComboBox)
    assert isinstance(model, QComboBox)
    with qtbot.waitSignal(panel.provider_chosen) as heard:
        provider.activated.emit(provider.findData("offline"))
    assert heard.args == ["offline"]
    with qtbot.waitSignal(panel.provider_wanted), qtbot.assertNotEmitted(panel.provider_chosen):
        provider.activated.emit(provider.count() - 1)
    with qtbot.waitSignal(panel.model_chosen) as heard:
        model.activated.emit(2)
    assert heard.args == [model.itemData(2)]


def test_an_unlisted_model_is_shown_by_its_name(panel: Panel) -> None:
    unknown = replace(form().model, id="my-model", label="my-model")
    show(panel, form(model="gpt-image-2", provider="openai"))
    show(panel, replace(form(), model=unknown))
    model = part(panel, QWidget, "model")
    assert isinstance(model, QComboBox)
    assert model.currentText() == "my-model"


def test_limits_stand_beside_the_model(panel: Panel) -> None:
    show(panel, form())
    limit = part(panel, QWidget, "row-model-limit")
    assert isinstance(limit, Message)
    assert limit.words == "Up to 16 pictures of 50 MB: PNG, JPEG, WebP"
    one = replace(form().model.limits, pictures=1, formats=())
    show(panel, replace(form(), model=replace(form().model, limits=one)))
    assert limit.words == "One picture of 50 MB"
    free = replace(one, pictures=4, picture_bytes=0)
    show(panel, replace(form(), model=replace(form().model, limits=free)))
    assert limit.words == "Up to 4 pictures"
    show(panel, form("offline", "quick"))
    assert limit.words == ""


def test_too_many_pictures_are_told_beside_the_model(panel: Panel) -> None:
    trouble = Trouble("pictures", Sentence("{label} takes {most} pictures.", label="X", most=1))
    show(panel, form(troubles=(trouble,)))
    message = part(panel, QWidget, "row-model-message")
    assert isinstance(message, Message)
    assert message.words == "X takes 1 pictures."


def test_a_model_says_how_long_it_will_live(panel: Panel) -> None:
    status = part(panel, QWidget, "model-status")
    assert isinstance(status, Message)
    ending = next(model for model in form().provider.models if model.status == "ending")
    show(panel, form(model=ending.id))
    assert "1 Dec 2026" in status.words
    assert status.tone == "warn"
    show(panel, replace(form(), model=replace(form().model, status="gone")))
    assert "shut" in status.words
    show(panel, form())
    assert status.words == ""


def test_notes_in_the_list_tell_the_end_of_a_model(panel: Panel) -> None:
    gone = replace(form().model, id="old", status="gone")
    provider = replace(form().provider, models=(*form().provider.models, gone))
    show(panel, replace(form(), provider=provider))
    model = part(panel, QWidget, "model")
    assert isinstance(model, QComboBox)
    notes = {model.itemData(at): model.itemData(at, _NOTE) for at in range(model.count())}
    assert notes["old"] == "shut down"
    assert notes["gpt-image-1.5"] == "until 1 Dec 2026"
    assert notes["gpt-image-2"] == ""


_NOTE = Qt.ItemDataRole.UserRole + 1


def test_a_field_out_of_force_says_what_it_needs(panel: Panel) -> None:
    show(panel, form())
    all_open(panel)
    compression = part(panel, QWidget, "field-output_compression")
    limit = part(panel, QWidget, "row-output_compression-limit")
    assert isinstance(limit, Message)
    assert not compression.isEnabled()
    assert limit.words == "Only with Format of the answer: JPEG, WebP"
    previews = part(panel, QWidget, "row-partial_images-limit")
    assert isinstance(previews, Message)
    assert previews.words == "Only with Stream the answer: on"
    show(panel, form(settings={"output_format": "jpeg"}))
    assert compression.isEnabled()
    assert limit.isHidden()


def test_an_illegal_size_is_told_and_the_nearest_offered(qtbot: QtBot, panel: Panel) -> None:
    sentence = Sentence("sides must be multiples of {multiple}", multiple=16)
    trouble = Trouble("size", sentence, "1008x704")
    show(panel, form(settings={"size": "1000x700"}, troubles=(trouble,)))
    message, fix = part(panel, QWidget, "row-size-message"), part(panel, QWidget, "row-size-fix")
    assert isinstance(message, Message)
    assert isinstance(fix, QPushButton)
    assert message.words == "Sides must be multiples of 16"
    assert fix.text() == "Use 1008 × 704"
    with qtbot.waitSignal(panel.field_changed) as heard:
        click(qtbot, panel, "row-size-fix")
    assert heard.args == ["size", "1008x704"]
    show(panel, form(settings={"size": "1008x704"}))
    assert not fix.isVisible()
    with qtbot.assertNotEmitted(panel.field_changed):
        panel._take_fix("size")


def test_trouble_without_a_remedy_offers_none(panel: Panel) -> None:
    show(panel, form(troubles=(Trouble("quality", Sentence("not one of a, b")),)))
    assert part(panel, QWidget, "row-quality-message").isVisible()
    assert panel.findChild(QPushButton, "row-quality-fix") is None


def test_a_remedy_is_named_in_words(panel: Panel) -> None:
    trouble = Trouble("output_format", Sentence("JPEG has no transparency."), "png")
    unfold(panel, "output")
    show(panel, form(troubles=(trouble,)))
    fix = part(panel, QWidget, "row-output_format-fix")
    assert isinstance(fix, QPushButton)
    assert fix.text() == "Use PNG"


def test_offline_there_is_no_frame_to_choose(panel: Panel) -> None:
    show(panel, form("offline", "quick"))
    assert not part(panel, QWidget, "frame").isEnabled()
    assert "Nothing is sent" in part(panel, QWidget, "frame").toolTip()
    show(panel, form())
    assert part(panel, QWidget, "frame").isEnabled()


def test_sections_stay_as_they_are_with_another_model(qtbot: QtBot, panel: Panel) -> None:
    show(panel, form())
    click(qtbot, panel, "section-output-head")
    show(panel, form(model="gpt-image-2.6-flare"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert part(panel, QWidget, "field-output_format").isVisible()
    assert panel.findChild(QWidget, "field-moderation") is None
    unfold(panel, "advanced")
    QApplication.processEvents()
    assert not part(panel, QWidget, "field-output_format").isVisible()
    assert part(panel, QWidget, "field-moderation").isVisible()


def test_a_folded_section_sums_up_what_differs(panel: Panel) -> None:
    settings = {"output_format": "jpeg", "output_compression": 80, "stream": True}
    show(panel, form(settings=settings))
    head = part(panel, QWidget, "section-output-head")
    assert head.accessibleDescription() == "JPEG, Compression 80, Stream the answer"
    show(panel, form())
    assert head.accessibleDescription() == "PNG"
    assert part(panel, QWidget, "section-advanced-head").accessibleDescription() == ""


def test_a_draft_changed_by_hand_is_neither(panel: Panel) -> None:
    show(panel, form(preset=""))
    segments = [part(panel, QWidget, f"preset-{name}") for name in ("draft", "final")]
    assert not any(one.isChecked() for one in segments if isinstance(one, QRadioButton))


def test_every_control_has_a_name_for_the_eye_and_for_the_ear(panel: Panel) -> None:
    show(panel, form())
    all_open(panel)
    for one in panel.findChildren(QWidget):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible():
            assert one.accessibleName() or one.parentWidget().accessibleName(), one.objectName()


def test_the_panel_paints_its_own_ground(panel: Panel) -> None:
    show(panel, form())
    assert panel.grab().toImage().pixelColor(2, 2).name() == "#262626"
    assert panel.sizeHint().width() == 320
