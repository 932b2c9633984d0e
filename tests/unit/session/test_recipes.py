"""An exported picture has its recipe beside it, and the command line makes it again of that."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from editor.cli.command import main
from editor.compose.assets.manner import Manner
from editor.compose.recipes.recipe_folder import read_recipe
from editor.imaging import codec
from editor.imaging.xmp import recipe_in
from editor.session import recipes
from editor.session.session import Session
from tests.fakes.full_disk import FULL, full
from tests.fakes.living import Live, answered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def drawn(folder: Path, size: tuple[int, int] = (480, 320)) -> bytes:
    """An answer made elsewhere: the scene in other colours."""
    return scene(folder / "answer.png", size, spot=False).read_bytes()


async def taken(session: Session, data: bytes) -> None:
    """Drop an answer on what is painted and put it on the stage."""
    before = len(session.gallery.state.entries)
    await session.take_result(data, "answer.png")
    gallery = session.gallery
    await until(
        gallery.changed,
        lambda: len(gallery.state.entries) > before and gallery.state.entries[0].joined is not None,
    )
    gallery.show(1)


def replayed(recipe: Path, out: Path) -> bytes:
    assert main(["replay", str(recipe), "--out", str(out)]) == 0
    return (out / json.loads(recipe.read_text())["result"]["file"]).read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.usefixtures("inline")
def test_what_is_on_the_stage_is_made_again(live: Live, tmp_path: Path, suffix: str) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await taken(session, answer)
        await session.exporting.export(tmp_path / f"done{suffix}")

    live.run(script)
    recipe = read_recipe(tmp_path / "done.json")
    assert recipe.source.file == "photo.png"
    (step,) = recipe.steps
    assert step.asked.provider == "elsewhere"
    assert (tmp_path / step.answer.file).read_bytes() == answer
    assert recipe.result.changed == 0
    asset = (tmp_path / f"done{suffix}").read_bytes()
    assert replayed(tmp_path / "done.json", tmp_path / "again") == asset


@pytest.mark.usefixtures("inline")
def test_every_kept_edit_is_a_step_and_all_are_made_again(live: Live, tmp_path: Path) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)

    async def script(session: Session) -> None:
        await opened(session, source)
        for x in (150, 190):
            paint(session, x)
            await taken(session, answer)
            await session.keep()
        paint(session, 230, 200)
        await taken(session, answer)
        await session.exporting.export()

    live.run(script)
    recipe = read_recipe(tmp_path / "photo_edit.json")
    assert [step.mask and step.mask.file for step in recipe.steps] == [
        f"photo_edit.{number}.mask.png" for number in (1, 2, 3)
    ]
    asset = (tmp_path / "photo_edit.png").read_bytes()
    assert replayed(tmp_path / "photo_edit.json", tmp_path / "again") == asset


def test_what_was_asked_for_is_told(live: Live, paid: Provider, tmp_path: Path) -> None:
    source, other = scene(tmp_path / "photo.png"), scene(tmp_path / "other.png", (60, 40))

    async def script(session: Session) -> None:
        await opened(session, source, other)
        paint(session)
        wish(session)
        session.form.set_value("quality", "low")
        await session.send()
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        await session.exporting.export()

    live.run(script)
    recipe = read_recipe(tmp_path / "photo_edit.json")
    asked = recipe.steps[0].asked
    assert (asked.provider, asked.model, asked.prompt) == ("openai", "gpt-image-2", "a red kite")
    assert asked.settings["quality"] == "low"
    assert asked.price is not None
    assert [reference.file for reference in asked.references] == ["other.png"]
    asset = (tmp_path / "photo_edit.png").read_bytes()
    assert replayed(tmp_path / "photo_edit.json", tmp_path / "again") == asset


def test_a_pasted_source_is_written_beside(live: Live, tmp_path: Path) -> None:
    data, answer = scene(tmp_path / "photo.png").read_bytes(), drawn(tmp_path)
    out = tmp_path / "home" / "pictures"

    async def script(session: Session) -> None:
        await session.document.take(data, "pasted picture")
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        paint(session)
        await taken(session, answer)
        await session.exporting.export()

    live.run(script)
    recipe = out / "pasted picture_edit.json"
    assert read_recipe(recipe).source.file == "pasted picture_edit.source.png"
    assert (out / "pasted picture_edit.source.png").read_bytes() == data
    asset = (out / "pasted picture_edit.png").read_bytes()
    assert replayed(recipe, tmp_path / "again") == asset


def test_no_recipe_of_an_untouched_picture_and_none_for_clients(live: Live, tmp_path: Path) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)
    (tmp_path / "answer.png").unlink()

    async def script(session: Session) -> None:
        await opened(session, source)
        await session.exporting.export()
        paint(session)
        await taken(session, answer)
        await session.exporting.export_as(Manner(recipe=False))

    live.run(script)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "photo.png",
        "photo_edit-2.png",
        "photo_edit.png",
    ]


def test_a_recipe_that_cannot_be_written_leaves_the_asset(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)

    monkeypatch.setattr(recipes, "gathered", full)

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await taken(session, answer)
        await session.exporting.export()
        monkeypatch.setattr(session.store, "stored", lambda id: None)
        await session.exporting.export(tmp_path / "other.png")

    live.run(script)
    assert cv2.imread(str(tmp_path / "photo_edit.png")) is not None
    assert not (tmp_path / "photo_edit.json").exists()
    warned = [notice for notice in live.told if notice.mood == "warn"]
    assert [notice.values["problem"] for notice in warned] == [
        FULL,
        recipes.NOT_STORED,
    ]


def test_a_recipe_says_that_it_stayed_here_only_when_nothing_of_it_was_sent(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)
    foretold: dict[str, bool] = {}

    async def export(session: Session, name: str) -> None:
        foretold[name] = session.exporting.example(Manner()).local
        await session.exporting.export(tmp_path / f"{name}.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        session.form.set_local(on=True)
        assert not session.exporting.example(Manner()).local
        await taken(session, answer)
        assert not session.exporting.example(Manner(recipe=False)).local
        await export(session, "here")
        session.form.set_local(on=False)
        await export(session, "open")
        session.gallery.leave()
        wish(session, "a kite")
        await answered(session)
        session.form.set_local(on=True)
        session.gallery.show(1)
        await export(session, "sent")

    live.run(script)
    told = {name: read_recipe(tmp_path / f"{name}.json").local for name in ("here", "open", "sent")}
    assert told == foretold == {"here": True, "open": False, "sent": False}
    assert len(paid.log) == 1


@pytest.mark.usefixtures("inline")
def test_the_recipe_goes_into_the_file_where_that_was_chosen(live: Live, tmp_path: Path) -> None:
    source, answer = scene(tmp_path / "photo.png"), drawn(tmp_path)
    out = tmp_path / "out"
    out.mkdir()

    async def script(session: Session) -> None:
        await opened(session, source)
        await session.exporting.export_as(Manner(embedded=True, name="bare"), out)
        paint(session)
        await taken(session, answer)
        await session.exporting.export_as(Manner(embedded=True), out)
        for preset in session.exporting.presets():
            assert not preset.manner.embeds
            if preset.id != "layers":
                await session.exporting.export_as(preset.manner, out)

    live.run(script)
    telling = [
        path.name
        for path in sorted(out.iterdir())
        if path.suffix in {".png", ".tif", ".webp"} and b"frisket:Recipe" in path.read_bytes()
    ]
    assert telling == ["photo_edit.png"]
    asset = (out / "photo_edit.png").read_bytes()
    told = json.loads(recipe_in(codec.read_facts(asset, "a").xmp))
    beside = json.loads((out / "photo_edit.json").read_text())
    assert told["source"]["file"] == "photo.png"
    assert beside["source"]["file"] == "../photo.png"
    assert (told["steps"], told["result"]) == (beside["steps"], beside["result"])
    (out / "photo_edit.json").unlink()
    line = ["replay", out / "photo_edit.png", "--out", tmp_path / "again", "--source", source]
    assert main([str(word) for word in line]) == 0
    assert (tmp_path / "again" / "photo_edit.png").read_bytes() == asset
