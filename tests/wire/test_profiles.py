"""Every provider of the documents at the command line: a photograph, a mask, one finished asset.

The loopback provider plays each of them by its own rules; an independent reader compares the
protected pixels.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.cli.command import main
from tests.fakes import photographs
from tests.fakes.acting import Play
from tests.fakes.editing import assert_kept
from tests.fakes.provider import KEY, Provider

WIDTH, HEIGHT = 640, 480
SEEDS = ("acedata", "aa", "openai-compatible", "applerouter")


def requests(provider: Provider) -> list[str]:
    """The paid ones."""
    return [seen.path for seen in provider.log if seen.digest]


@pytest.fixture
def photo(tmp_path: Path) -> tuple[Path, Path]:
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, WIDTH, HEIGHT)
    photographs.write_soft_mask(mask, photographs.soft_disc(WIDTH, HEIGHT))
    return source, mask


@pytest.fixture
def edit(provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, photo):
    """Ask a profile on loopback for an edit of the photograph; its exit code."""
    source, mask = photo

    def asked(
        profile: str, model: str, *more: str, source: Path = source, mask: Path | None = mask
    ) -> int:
        place = load().provider(profile)
        name = profile.upper().replace("-", "_")
        monkeypatch.setenv(f"FRISKET_KEY_{name}", KEY)
        line = ["edit", source, "--prompt", "a red balloon"]
        line += ["--mask", mask] if mask else []
        line += ["--provider", profile, "--model", model, "--out", tmp_path / "out"]
        line += ["--base-url", provider.base_for(place), *more]
        return main([str(word) for word in line])

    return asked


WAYS = {
    "openai": ("openai", "gpt-image-2", (), Play()),
    "openai streams": ("openai", "gpt-image-2", ("--stream", "--partial-images", "2"), Play()),
    "openai in JSON": ("openai", "gpt-image-1.5", ("--transport", "json"), Play()),
    "acedata": ("acedata", "gpt-image-2", (), Play()),
    "acedata in the answer": ("acedata", "gpt-image-1", ("--response-format", "b64_json"), Play()),
    "acedata, the other path": ("acedata", "gpt-image-2", ("--path", "/v1/images/edits"), Play()),
    "acedata by task": ("acedata", "gpt-image-2", ("--async",), Play(pending=1)),
    "acedata by callback": (
        "acedata",
        "gpt-image-2",
        ("--callback-url", "https://callback.example/done"),
        Play(pending=0),
    ),
    "acedata, the old model": ("acedata", "dall-e-2", (), Play()),
    "aa": ("aa", "gpt-image-1.5", (), Play()),
    "aa with data URLs": ("aa", "gpt-image-1.5", (), Play(inline=True)),
    "compatible": ("openai-compatible", "gpt-image-1", (), Play()),
    "compatible with links": ("openai-compatible", "gpt-image-1", (), Play(link=True)),
    "compatible streams": ("openai-compatible", "gpt-image-1", ("--stream",), Play(done=True)),
    "compatible, the old model": ("openai-compatible", "dall-e-2", (), Play()),
    "applerouter": ("applerouter", "dall-e-2", (), Play()),
    "applerouter in the answer": (
        "applerouter",
        "dall-e-2",
        ("--response-format", "b64_json"),
        Play(),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_at_the_command_line(provider, edit, photo, tmp_path, way):
    profile, model, more, play = WAYS[way]
    provider.play(play)
    code = edit(profile, model, *more)
    assert [seen.error for seen in provider.log if seen.error] == []
    assert code == 0
    assert len(requests(provider)) == 1
    assert sum(provider.charges.values()) == 1
    source, mask = photo
    assert_kept(source, tmp_path / "out" / "photo_edit.png", mask)


def test_without_a_mask_what_is_clear_is_the_mask_where_the_document_says_so(
    provider, edit, photo, tmp_path, capsys
):
    holed, mask = tmp_path / "holed.png", tmp_path / "holed-mask.png"
    pixels = np.array(Image.open(photo[0]).convert("RGBA"))
    pixels[100:300, 200:400, 3] = 127
    pixels[300:320, 200:400, 3] = 128
    Image.fromarray(pixels).save(holed)
    Image.fromarray(np.where(pixels[..., 3] < 128, 0, 255).astype(np.uint8)).save(mask)
    assert edit("applerouter", "dall-e-2", source=holed, mask=None) == 0
    assert "what is transparent in holed.png is the mask" in capsys.readouterr().err
    (seen,) = [seen for seen in provider.log if seen.digest]
    assert [name for name, *_ in seen.files] == ["image", "mask"]
    after = np.array(Image.open(tmp_path / "out" / "holed_edit.png").convert("RGBA"))
    outside = pixels[..., 3] >= 128
    assert (after[outside] == pixels[outside]).all()
    assert (after[~outside] != pixels[~outside]).any(axis=1).mean() > 0.5


def test_an_opaque_picture_without_a_mask_is_not_sent(provider, edit, photo, capsys):
    assert edit("applerouter", "dall-e-2", mask=None) == 3
    assert "photo.jpg has no transparent part that could be its mask" in capsys.readouterr().err
    assert edit("openai", "gpt-image-2", mask=None) == 2
    assert "say what may change with --mask M.png" in capsys.readouterr().err
    assert provider.log == []


@pytest.mark.parametrize("profile", SEEDS)
def test_several_variants_are_several_requests_or_one_with_their_number(
    provider, edit, tmp_path, profile
):
    model = load().provider(profile).models[0].id
    assert edit(profile, model, "--count", "2") == 0
    asked = [int(seen.texts.get("n", "1")) for seen in provider.log if seen.digest]
    assert sum(asked) == 2
    assert (tmp_path / "out" / "photo_edit-2.png").exists()


@pytest.mark.parametrize("profile", SEEDS)
def test_a_wrong_key_is_told_and_nothing_charged(provider, edit, capsys, monkeypatch, profile):
    monkeypatch.setattr(provider, "key", "sk-another-0123456789")
    model = load().provider(profile).models[0].id
    assert edit(profile, model, "--json") == 4
    assert "key" in json.dumps(capsys.readouterr().out)
    assert not provider.charges


@pytest.mark.parametrize(
    ("model", "more"), [("gpt-image-2", ("--transport", "json")), ("nano-banana", ())]
)
def test_where_no_mask_is_sent_that_is_told(provider, edit, photo, tmp_path, capsys, model, more):
    assert edit("acedata", model, *more) == 0
    assert "No mask is sent along; what you did not paint stays" in capsys.readouterr().err
    (seen,) = [seen for seen in provider.log if seen.digest]
    assert [name for name, *_ in seen.files] == ["image"]
    assert_kept(photo[0], tmp_path / "out" / "photo_edit.png", photo[1])


def test_what_is_doubtful_is_told_and_sent_all_the_same(provider, edit, capsys):
    assert edit("acedata", "dall-e-3", "--background", "opaque") == 0
    told = capsys.readouterr().err
    assert "DALL-E 3: AceData names it, but at its maker this model never edited" in told
    assert "Background: AceData names it for GPT models alone." in told
    (seen,) = [seen for seen in provider.log if seen.digest]
    assert (seen.texts["model"], seen.texts["background"]) == ("dall-e-3", "opaque")
