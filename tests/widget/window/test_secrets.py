"""No widget shows a secret, whatever a provider says of it; the prompt stands where it belongs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget

from editor.capability.catalog import Catalog, load
from editor.edits.job import State
from editor.engine import retry
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.window import Window
from tests.fakes.acting import Play
from tests.fakes.canaries import BEARER, PROMPT, PROXY, SIGNED, hits
from tests.fakes.living import Live, opened, paint, scene, until
from tests.fakes.provider import Provider
from tests.fakes.refusals import INVALID, REFUSALS, openai
from tests.fakes.shown import shown

SECRETS = (BEARER, PROXY, SIGNED)

PROMPTED = {
    "prompt-text.plainText",
    "sent-scroll.text",
    *(f"history-list.{role}" for role in ("DisplayRole", "EditRole", "ToolTipRole")),
}
"""Where the prompt is shown on purpose: its field, what gets sent, and the history."""

LEAKS = {
    *(f"leak-0.{text}" for text in ("text", "toolTip", "accessibleName", "accessibleDescription")),
    *("leak-1.placeholderText", "leak-1.windowTitle", "leak-2.text", "leak-3.DisplayRole"),
}

DEAD = "https://127.0.0.1/a.png?" + SIGNED.text


@pytest.fixture
def secretive(live: Live, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """A provider that repeats the key it refuses, and one that a proxy does not let through to."""
    monkeypatch.setattr(provider, "key", BEARER.text)
    told = f"Incorrect API key provided: {BEARER.text}."
    monkeypatch.setitem(REFUSALS, "key", openai(401, "invalid_api_key", INVALID, told))
    for name in ("OPENAI", "OPENAI_COMPATIBLE"):
        monkeypatch.setenv(f"FRISKET_KEY_{name}", BEARER.text)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, provider.root.replace("://", f"://someone:{PROXY.text}@"))
    bases = {"openai": provider.base_url, "openai-compatible": "https://provider.invalid/v1"}
    places = load().providers
    live.catalog = Catalog(
        tuple(replace(place, base_url=bases.get(place.id, place.base_url)) for place in places)
    )
    monkeypatch.setattr(retry, "FIRST_SECONDS", 0.01)
    return provider


def said(window: Window) -> dict[str, bytes]:
    """What is shown with every detail of every toast unfolded."""
    for toast in window.stage.toasts.shown():
        for button in toast.findChildren(Button):
            if button.objectName().endswith("-details") and "copy" not in button.objectName():
                button.click()
    return shown()


async def ended(session: Session) -> State:
    """Send the form and wait until it is over."""
    before = {entry.job for entry in session.gallery.state.entries}
    await session.send()
    (job,) = {entry.job for entry in session.gallery.state.entries} - before
    await until(session.jobs.changed, lambda: session.jobs.job(job).state.ended)
    await finish()
    return session.jobs.job(job).state


def test_no_widget_shows_a_secret(live: Live, secretive: Provider, tmp_path: Path) -> None:
    seen: dict[str, bytes] = {}
    ends: list[State] = []

    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        session.form.set_prompt(PROMPT.text)
        for model, play in (
            (("openai", "gpt-image-2"), Play(link=True)),
            (("openai", "gpt-image-2"), Play(href=DEAD)),
            (("openai-compatible", "gpt-image-1"), None),
            (("openai", "gpt-image-2"), Play(refuse="key")),
        ):
            session.form.set_model(*model)
            if play:
                secretive.play(play)
            ends.append(await ended(session))
            window.actions_by_id["what-is-sent"].trigger()
            await finish()
            for entry in session.gallery.state.entries:
                window.strip.results.chosen.emit(entry.id)
                await finish()
            number = len(ends)
            seen.update({f"{number} {place}": text for place, text in said(window).items()})

    live.show(script)
    assert ends == [State.DONE, State.FAILED, State.FAILED, State.FAILED]
    tried = [each.headers for each in secretive.log if each.method == "CONNECT"]
    assert hits([PROXY], {"sent": repr(tried).encode()})  # the password was in use
    assert any(b"Incorrect API key provided: ***." in text for text in seen.values())
    assert hits(SECRETS, seen) == []
    prompted = {hit.place.split()[1].partition("#")[0] for hit in hits([PROMPT], seen)}
    assert prompted == PROMPTED


def test_a_secret_in_a_widget_would_be_found(live: Live, photo: Path) -> None:
    """Every kind of text, with each of the secrets; what is masked is the one exception."""

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        for secret in SECRETS:
            told = f"said {secret.text} there"
            label, line, action = QLabel(window), QLineEdit(window), QAction(told, window)
            rows = QListWidget(window)
            label.setText(told)
            label.setToolTip(told)
            label.setAccessibleName(told)
            label.setAccessibleDescription(told)
            line.setPlaceholderText(told)
            line.setWindowTitle(told)
            rows.addItem(told)
            toast = window.stage.toasts.fail("It failed.", told)
            for number, each in enumerate((label, line, action, rows)):
                each.setObjectName(f"leak-{number}")
            found = {hit.place.partition("#")[0] for hit in hits([secret], said(window))}
            assert found >= LEAKS
            assert any(place.startswith(toast.objectName()) for place in found)
            for each in (label, line, action, rows, toast):
                shiboken6.delete(each)
            key = QLineEdit(secret.text, window)
            key.setEchoMode(QLineEdit.EchoMode.Password)
            assert hits([secret], shown()) == []
            shiboken6.delete(key)

    live.show(script)
