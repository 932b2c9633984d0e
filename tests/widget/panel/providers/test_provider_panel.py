"""The provider panel shows a state and reports; every word of it can be translated."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.capability.sentence import Sentence
from editor.errors import InputProblem, NotSent
from editor.preferences import addresses, secrets
from editor.providers.checking import WORKS, Verdict
from editor.session.probing import Probed
from editor.session.profiles import Draft
from editor.ui.controls.message import Message
from editor.ui.language import bound
from editor.ui.panel.provider_panel import ProviderPanel
from tests.fakes.pseudo_locale import PseudoLocale, untranslated
from tests.widget.panel.providers.conftest import CARD, FREE, OPENAI, OTHER, STATE

REFUSED = InputProblem("This key contains characters that can't be sent; nothing was sent.")


def words(panel: QWidget, name: str) -> str:
    found = panel.findChild(Message, name)
    assert found is not None, name
    return found.words


def button(panel: QWidget, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_without_a_key_it_asks_for_one(panel: ProviderPanel) -> None:
    assert panel.key.field.line.placeholderText() == "Paste the key here"
    assert not button(panel, "key-test").isEnabled()
    assert button(panel, "key-page").isVisible()
    assert not button(panel, "key-forget").isVisible()
    assert not button(panel, "providers-use").isVisible()
    assert "learnt from answers" in words(panel, "card-seen")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("environment", "FRISKET_KEY_OPENAI holds the key"),
        ("keyring", "The keyring of this computer keeps the key."),
        ("session", "until Frisket is closed"),
    ],
)
def test_it_says_where_the_key_is(where: secrets.Where, said: str, panel: ProviderPanel) -> None:
    panel.show_state(replace(STATE, keys={"openai": where}), in_use=True)
    assert said in words(panel, "key-kept")
    assert button(panel, "key-test").isEnabled()
    own = where != "environment"
    assert button(panel, "key-forget").isVisible() is own
    assert panel.key.field.line.placeholderText().startswith("Kept" if own else "From the env")


def test_a_key_that_the_keyring_did_not_take_is_told(panel: ProviderPanel) -> None:
    state = replace(STATE, keys={"openai": "session"}, told=secrets.NO_KEYRING)
    panel.show_state(state, in_use=True)
    assert words(panel, "key-kept") == secrets.NO_KEYRING


def test_a_verdict_stands_under_the_button(panel: ProviderPanel) -> None:
    state = replace(STATE, keys={"openai": "keyring"})
    panel.show_state(replace(state, busy="test"), in_use=True)
    assert button(panel, "key-test").text() == "Testing…"
    assert not button(panel, "key-test").isEnabled()
    found = Verdict("ok", Sentence(WORKS, count=14), "e · request x")
    panel.show_state(replace(state, verdict=found), in_use=True)
    assert words(panel, "key-verdict") == "Key works - 14 models."
    assert words(panel, "key-details") == bound("e · request x")


def test_what_is_wrong_stands_beside_its_field(panel: ProviderPanel) -> None:
    panel.show_state(replace(STATE, wrong=addresses.OPEN, refused=REFUSED), in_use=True)
    assert words(panel, "row-address-message") == addresses.OPEN
    assert "can't be sent" in words(panel, "row-key-message")
    panel.show_state(STATE, in_use=True)
    assert words(panel, "row-address-message") == ""


def test_a_provider_without_an_address_asks_for_it(panel: ProviderPanel) -> None:
    state = replace(STATE, chosen=OTHER, keys={"other": "keyring"})
    panel.show_state(state, in_use=False)
    assert "up to /v1" in words(panel, "row-address-limit")
    assert words(panel, "provider-note") == "Not run."
    assert not button(panel, "key-test").isEnabled()
    assert not button(panel, "providers-use").isVisible()
    assert not button(panel, "key-page").isVisible()


def test_a_provider_without_a_key_is_only_reached(panel: ProviderPanel) -> None:
    panel.show_state(replace(STATE, chosen=FREE), in_use=False)
    assert not panel.key.field.isVisible()
    assert not panel.key.address.isVisible()
    assert button(panel, "key-test").text() == "Test the connection"
    assert button(panel, "providers-use").text() == "Use Free"


def test_the_card_is_dated(panel: ProviderPanel) -> None:
    panel.show_state(replace(STATE, card=CARD), in_use=True)
    said = words(panel, "card-seen")
    assert said == "Seen 28 Nov: size honoured, mask ignored in 3 of 4."
    assert "gpt-image-2" in words(panel, "card-unverified")


def test_the_paid_test_tells_its_price_first(panel: ProviderPanel, qtbot: QtBot) -> None:
    ready, model = replace(STATE, keys={"openai": "keyring"}), OPENAI.models[0]
    panel.card.show_probe(Probed(), ready, model)
    found = button(panel, "card-probe")
    assert words(panel, "card-price").startswith("about $0.0")
    with qtbot.waitSignal(panel.card.probe_wanted):
        found.click()
    panel.card.show_probe(Probed(), ready, OPENAI.model("unheard-of"))
    assert words(panel, "card-price") == "unknown price"
    for probed, state, one in (
        (Probed("openai", busy=True), ready, model),
        (Probed(), STATE, model),
        (Probed(), replace(ready, local=True), model),
        (Probed(), ready, replace(model, mask=False)),
    ):
        panel.card.show_probe(probed, state, one)
        assert not found.isEnabled()
        assert found.accessibleDescription()


def test_the_outcome_belongs_to_its_provider(panel: ProviderPanel) -> None:
    ready, model = replace(STATE, keys={"openai": "keyring"}), OPENAI.models[0]
    for obeyed, said in ((True, "It keeps."), (False, "It does not."), (None, "Stopped.")):
        panel.card.show_probe(Probed("openai", obeyed=obeyed, said=Sentence(said)), ready, model)
        assert words(panel, "card-probed") == said
    panel.card.show_probe(Probed("other", said=Sentence("x")), ready, model)
    assert words(panel, "card-probed") == ""


def test_what_stopped_the_queue_stands_on_top(panel: ProviderPanel, qtbot: QtBot) -> None:
    trouble = NotSent("There is no key for {provider}.", provider="OpenAI")
    panel.show_state(replace(STATE, trouble=trouble, waiting=3), in_use=True)
    assert words(panel, "providers-trouble") == "There is no key for OpenAI."
    assert words(panel, "providers-waiting").startswith("3 edits wait")
    assert not button(panel, "providers-resume").isEnabled()
    ready = replace(STATE, trouble=trouble, waiting=1, keys={"openai": "keyring"})
    panel.show_state(ready, in_use=True)
    assert words(panel, "providers-waiting").startswith("One edit waits")
    with qtbot.waitSignal(panel.resumed):
        button(panel, "providers-resume").click()


def test_a_project_that_stays_here_asks_nobody(panel: ProviderPanel) -> None:
    state = replace(STATE, keys={"openai": "keyring"}, local=True)
    panel.show_state(state, in_use=False)
    assert "stays on this computer" in words(panel, "providers-local")
    assert not button(panel, "key-test").isEnabled()
    assert not button(panel, "providers-use").isVisible()


def test_everything_is_reported(panel: ProviderPanel, qtbot: QtBot) -> None:
    ready = replace(STATE, keys={"openai": "keyring"})
    panel.show_state(ready, in_use=False)
    for signal, name in (
        (panel.left, "providers-done"),
        (panel.used, "providers-use"),
        (panel.key.tested, "key-test"),
        (panel.key.forgotten, "key-forget"),
        (panel.key.page_wanted, "key-page"),
    ):
        with qtbot.waitSignal(signal):
            button(panel, name).click()
    with qtbot.waitSignal(panel.tiles.chosen) as chosen:
        QTest.mouseClick(panel.findChild(QWidget, "provider-other"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["other"]
    with qtbot.waitSignal(panel.key.address_typed) as typed:
        QTest.keyClicks(panel.key.address, "h")
    assert typed.args == ["h"]
    with qtbot.waitSignal(panel.key.address_given):
        QTest.keyClick(panel.key.address, Qt.Key.Key_Return)


def test_an_address_in_the_making_is_left_alone(panel: ProviderPanel, qtbot: QtBot) -> None:
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.key.address.setFocus()
    QTest.keyClicks(panel.key.address, "https://a")
    panel.show_state(replace(STATE, wrong="x"), in_use=True)
    assert panel.key.address.value() == "https://a"
    panel.show_state(replace(STATE, chosen=OTHER), in_use=True)
    assert panel.key.address.value() == ""


def test_tiles_stay_while_the_providers_do(panel: ProviderPanel) -> None:
    tile = panel.findChild(QWidget, "provider-openai")
    panel.show_state(replace(STATE, keys={"openai": "keyring"}), in_use=True)
    assert panel.findChild(QWidget, "provider-openai") is tile
    panel.show_state(replace(STATE, providers=(OPENAI, FREE)), in_use=True)
    assert panel.tiles.findChild(QWidget, "provider-free") is not None


def test_profiles_of_ones_own_are_begun_edited_and_mended(
    panel: ProviderPanel, qtbot: QtBot
) -> None:
    panel.show_state(replace(STATE, chosen=FREE, broken=("mine",)), in_use=True)
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(panel.tiles.begun):
        QTest.mouseClick(panel.findChild(QWidget, "provider-own"), left)
    with qtbot.waitSignal(panel.tiles.mended) as mended:
        QTest.mouseClick(panel.findChild(QWidget, "broken-mine"), left)
    assert mended.args == ["mine"]
    with qtbot.waitSignal(panel.key.profile_wanted):
        button(panel, "key-profile").click()
    panel.show_draft(Draft("mine", "label = 'x'", ()))
    assert panel.profile.isVisible()
    assert not panel.tiles.isVisible()
    panel.show_draft(None)
    assert panel.tiles.isVisible()
    assert not panel.profile.isVisible()


def test_long_words_do_not_widen_it(pseudo: PseudoLocale, qtbot: QtBot) -> None:
    made = ProviderPanel()
    qtbot.addWidget(made)
    made.resize(280, 900)
    state = replace(STATE, keys={"openai": "keyring"}, told=secrets.NO_KEYRING, card=CARD)
    made.show_state(state, in_use=False)
    made.card.show_probe(Probed(), state, OPENAI.model("unheard-of"))
    made.show()
    assert made.widget().minimumSizeHint().width() <= made.viewport().width()


def test_it_fits_the_narrowest_panel_and_scrolls(panel: ProviderPanel) -> None:
    state = replace(STATE, card=CARD, trouble=REFUSED, waiting=2, wrong=addresses.OPEN)
    panel.resize(280, 300)
    panel.show_state(state, in_use=False)
    assert panel.widget().minimumSizeHint().width() <= panel.viewport().width()
    assert panel.verticalScrollBar().maximum() > 0


def test_every_word_can_be_translated(pseudo: PseudoLocale, qtbot: QtBot) -> None:
    made = ProviderPanel()
    qtbot.addWidget(made)
    trouble = NotSent("There is no key for {provider}.", provider="OpenAI")
    allowed = frozenset(
        {
            "openai", "OpenAI", "https://…/v1", "https://api.openai.com/v1", OPENAI.key_page,
            "FRISKET_KEY_OPENAI", "gpt-image-2", "request x", "$0.0",
        }
    )  # fmt: skip
    found = Verdict("ok", Sentence(WORKS, count=14), "request x")
    for state in (
        STATE,
        replace(STATE, keys={"openai": "environment"}, verdict=found, card=CARD),
        replace(STATE, keys={"openai": "session"}, trouble=trouble, waiting=2, busy="test"),
        replace(STATE, chosen=OTHER, told=secrets.NO_KEYRING, local=True),
        replace(STATE, chosen=FREE),
    ):
        made.show_state(state, in_use=False)
        made.card.show_probe(Probed(), state, OPENAI.models[0])
        assert untranslated(made, allowed) == []


def test_every_control_is_named_and_explained(panel: ProviderPanel) -> None:
    panel.show_state(replace(STATE, keys={"openai": "keyring"}), in_use=False)
    for control in panel.findChildren(QPushButton):
        assert control.objectName(), control.text()
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()
    for text in panel.findChildren(QLabel):
        assert text.textFormat() is Qt.TextFormat.PlainText, text.text()
