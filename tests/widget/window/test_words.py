"""Every word of the window passes a look-up: shown in a pseudo-locale, none is left in English."""

from __future__ import annotations

import re
from pathlib import Path

from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, scene, until
from tests.fakes.pseudo_locale import PseudoLocale, untranslated

NAMES = frozenset(
    {
        "Frisket", "Alt", "Shift", "Ctrl", "Space", "Enter", "Esc", "Del", "Return", "Tab", "PgUp",
        "PgDown", "OpenAI", "GPT Image", "GPT-Image", "PNG", "JPEG", "WebP", "sRGB", "photo.png",
        "x", "X", "B", "E", "H", "S", "Z", "F1", "F8", "drag", "click", "right", "mini", "v1", "px",
        "s", "Sunburst", "Flare", "MB", "L", "M", "O", "Q", "R", "W",
    }
)  # fmt: skip
"""Names of keys, models, formats and files, which are nobody's to translate."""

ONE_KEY = re.compile(r"(⟦[^⟧]*⟧|\+)[A-Z]\)?(: ⟦[^⟧]*⟧)?$")
"""A key with its modifiers, which Qt itself puts into words."""


def test_no_word_of_the_window_was_forgotten(
    live: Live, pseudo: PseudoLocale, tmp_path: Path
) -> None:
    source = scene(tmp_path / "photo.png")
    forgotten: list[str] = []

    async def script(window: Window, session: Session) -> None:
        forgotten.extend(untranslated(window, NAMES))
        await session.open([source])
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        session.form.set_provider("openai")
        session.painting.begin(100, 100)
        session.painting.end()
        session.sending.judge()
        window.actions_by_id["keys"].trigger()
        forgotten.extend(untranslated(window, NAMES))
        session.form.set_provider("offline")
        await session.send()
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        window.actions_by_id["beside"].trigger()
        forgotten.extend(untranslated(window, NAMES))

    live.show(script)
    words = {text for text in forgotten if not ONE_KEY.search(text)}
    assert "\n".join(sorted(words)) == ""
