"""Prompts that were sent come back, those of this project first, each once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from editor.preferences import prompts as kept
from editor.preferences.prompts import Prompted
from editor.project.project import Round
from editor.session.prompts import Prompts, matching
from editor.session.session import Session
from tests.fakes.living import Live, answered, opened, paint, scene
from tests.fakes.provider import Provider


def asked(prompt: str, model: str = "m", made: str = "") -> Round:
    return Round(made, "s", "p", model, prompt, made=made)


@pytest.fixture
def prompts(qapp: object) -> Prompts:
    return Prompts(lambda work, name: asyncio.run(work))


def words(prompts: Prompts) -> list[str]:
    return [entry.prompt for entry in prompts.entries]


def test_this_project_comes_before_others_and_nothing_twice(prompts: Prompts) -> None:
    kept.save([Prompted("other", "m"), Prompted("old", "m")])
    rounds = [
        asked("old", made="2026-01"),
        asked(" ", made="2026-02"),
        asked("new", made="2026-03"),
    ]
    heard: list[bool] = []
    prompts.changed.connect(lambda: heard.append(True))
    asyncio.run(prompts.restore(rounds))
    assert words(prompts) == ["new", "old", "other"]
    prompts.add(asked("old", "better"))
    assert prompts.entries[0] == Prompted("old", "better")
    assert words(prompts) == ["old", "new", "other"]
    prompts.add(asked("\n"))
    assert len(heard) == 2
    assert [entry.prompt for entry in kept.load()] == ["old", "other"]


@pytest.mark.parametrize(
    ("sought", "found"),
    [("", [0, 1]), ("KITE", [0]), ("gpt", [0]), ("kite gpt", [0]), ("blue gpt", []), ("a", [0, 1])],
)
def test_every_word_is_in_the_prompt_or_the_model(sought: str, found: list[int]) -> None:
    entries = [Prompted("A red kite", "gpt-image-2"), Prompted("a blue ball", "flux")]
    assert matching(entries, sought) == [entries[index] for index in found]


def test_what_is_sent_is_there_in_this_project_and_in_the_next(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    source = scene(tmp_path / "photo.png")

    async def send(session: Session) -> None:
        await opened(session, source)
        paint(session)
        session.form.set_model("openai", "gpt-image-2")
        for prompt in ("a red kite", "a blue kite"):
            session.form.set_prompt(prompt)
            await answered(session)

    async def look(session: Session) -> None:
        assert words(session.prompts) == ["a blue kite", "a red kite"]
        assert session.prompts.entries[0].model == "gpt-image-2"

    live.run(send)
    live.run(look, live.path)
    live.run(look)
