"""Edits from the line to the finished file, offline and over a real socket.

What was kept is judged by other readers than ours: Pillow and OpenCV, pixel by pixel.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.cli.command import main
from tests.fakes import photographs
from tests.fakes.colour import display_p3
from tests.fakes.photographs import changed, profile_of, soft_disc, write_soft_mask
from tests.fakes.provider import KEY, Play, provider, served  # noqa: F401  (fixtures)

ROOT = Path(__file__).parents[3]
P3 = display_p3()
MODELS = ["quick", "texture", "patch"]


@pytest.fixture
def photo(tmp_path):
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, 480, 320)
    write_soft_mask(mask, soft_disc(480, 320))
    return source, mask


@pytest.fixture
def deep(tmp_path):
    source, mask = tmp_path / "deep.png", tmp_path / "mask.png"
    photographs.write_deep_png(source, 480, 320, P3)
    write_soft_mask(mask, soft_disc(480, 320))
    return source, mask


@pytest.fixture
def loopback(request):
    """The provider on loopback."""
    return request.getfixturevalue("provider")


@pytest.fixture
def ask(loopback, monkeypatch, tmp_path):
    """Ask the provider on loopback for an edit; the exit code."""
    monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)

    def asked(source, *more):
        line = ["edit", source, "--provider", "openai", "--base-url", loopback.base_url]
        return main([str(word) for word in (*line, "--out", tmp_path / "out", *more)])

    return asked


def assert_kept(source, asset, mask):
    differing, inside = changed(source, asset, mask)
    assert differing == 0
    assert inside > 0.5


@pytest.mark.parametrize("model", MODELS)
def test_offline_a_jpeg_keeps_every_protected_pixel(model, photo, tmp_path, capsys):
    source, mask = photo
    out = tmp_path / "new" / "out"
    line = ["edit", str(source), "--mask", str(mask), "--model", model, "--out", str(out)]
    assert main(line) == 0
    asset = out / "photo_edit.png"
    assert_kept(source, asset, mask)
    said = capsys.readouterr()
    protected = int((photographs.alpha_of(mask) == 255).sum())
    assert said.out.startswith(f"{asset}: 0 of {protected:,} protected pixels changed, ")
    assert said.err.splitlines()[-1] == "variant 1: started"
    assert sorted(path.name for path in out.iterdir()) == [
        "photo_edit.answer.png",
        "photo_edit.json",
        "photo_edit.png",
    ]


def test_offline_sixteen_bits_and_their_profile_are_kept(deep, tmp_path, capsys):
    source, mask = deep
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path), "--json"]
    assert main(line) == 0
    asset = tmp_path / "deep_edit.png"
    assert_kept(source, asset, mask)
    assert profile_of(asset) == P3
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(asset)
    assert (told["ok"], told["protected_changed"], told["price"]) == (True, 0, 0.0)


def test_the_recipe_tells_what_the_result_came_from(photo, tmp_path, capsys):
    source, mask = photo
    out = tmp_path / "out"
    assert main(["edit", str(source), "--mask", str(mask), "--out", str(out)]) == 0
    recipe = json.loads((out / "photo_edit.json").read_text())
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (source, mask)]
    assert [recipe["source"]["sha256"], recipe["mask"]["sha256"]] == digests
    answer = (out / recipe["answer"]["file"]).read_bytes()
    assert recipe["answer"]["sha256"] == hashlib.sha256(answer).hexdigest()
    left, top, right, bottom = recipe["window"]
    with Image.open(out / recipe["answer"]["file"]) as image:
        assert list(image.size) == [right - left, bottom - top] == recipe["sent"]
    assert recipe["result"]["file"] == "photo_edit.png"
    assert recipe["result"]["protected_changed"] == 0
    assert (recipe["provider"], recipe["model"], recipe["frame"]) == (
        "offline",
        "quick",
        "balanced",
    )
    assert recipe["join"]["feather"] > 0
    assert {"frisket", "python", "numpy"} <= set(recipe["versions"])
    capsys.readouterr()


def test_nothing_that_is_there_is_written_over(photo, tmp_path, capsys):
    source, mask = photo
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path)]
    assert main(line) == 0
    first = (tmp_path / "photo_edit.png").read_bytes()
    (tmp_path / "photo_edit-2.json").write_text("mine")
    assert main([*line, "--model", "patch"]) == 0
    assert (tmp_path / "photo_edit.png").read_bytes() == first
    assert (tmp_path / "photo_edit-2.json").read_text() == "mine"
    assert (tmp_path / "photo_edit-3.png").exists()
    assert (tmp_path / "photo_edit-3.answer.png").exists()
    capsys.readouterr()


def test_offline_says_that_it_reads_no_prompt(photo, tmp_path, capsys):
    source, mask = photo
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path), "--prompt", "a cat"]
    assert main(line) == 0
    assert "reads no prompt" in capsys.readouterr().err


def test_through_the_provider_on_loopback_every_variant_is_finished(
    photo,
    ask,
    loopback,
    tmp_path,
    capsys,
):
    source, mask = photo
    more = ["--mask", mask, "--prompt", "a blue ball", "--count", "3", "--quality", "low"]
    assert ask(source, *more, "--json") == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(each["variant"] for each in told) == [1, 2, 3]
    for each in told:
        assert_kept(source, Path(each["file"]), mask)
        assert each["price"] == pytest.approx((90 * 8 + 10 * 5 + 196 * 30) / 1e6)
    names = sorted(path.name for path in (tmp_path / "out").glob("*.png"))
    assert names == [
        "photo_edit-2.answer.png",
        "photo_edit-2.png",
        "photo_edit-3.answer.png",
        "photo_edit-3.png",
        "photo_edit.answer.png",
        "photo_edit.png",
    ]
    assert len(loopback.log) == 3
    assert loopback.log[0].texts["quality"] == "low"
    assert "n" not in loopback.log[0].texts
    raw = Path(os.environ["FRISKET_HOME"]) / "data" / "ledger" / "raw"
    assert list(raw.iterdir()) == []


def test_through_the_provider_sixteen_bits_are_kept(deep, ask, tmp_path, capsys):
    source, mask = deep
    stream = ["--stream", "--partial-images", "2", "--output-format", "webp"]
    assert ask(source, "--mask", mask, "--prompt", "a blue ball", *stream) == 0
    asset = tmp_path / "out" / "deep_edit.png"
    assert_kept(source, asset, mask)
    assert profile_of(asset) == P3
    assert (tmp_path / "out" / "deep_edit.answer.webp").exists()
    said = capsys.readouterr()
    assert "GPT Image 2 gets 480 x 320 pixels around the mask, scaled to 1008 x 672." in said.err
    assert "1 times for about $0." in said.err


def test_references_go_along_and_are_spoken_of(photo, ask, loopback, capsys):
    source, mask = photo
    other = source.with_name("other.png")
    Image.fromarray(np.full((50, 70, 3), 99, np.uint8)).save(other)
    assert ask(source, other, "--mask", mask, "--prompt", "a hat like @1") == 0
    (seen,) = loopback.log
    assert seen.texts["prompt"] == "a hat like image 2"
    assert [name for name, *_ in seen.files] == ["image[]", "image[]", "mask"]
    recipe = json.loads((source.parent / "out" / "photo_edit.json").read_text())
    assert recipe["prompt"] == "a hat like @1"
    assert recipe["references"][0]["file"] == str(other)
    capsys.readouterr()


def test_everything_may_change_when_that_is_asked_for(photo, ask, loopback, tmp_path, capsys):
    source, _ = photo
    assert ask(source, "--whole", "--prompt", "night") == 0
    assert [name for name, *_ in loopback.log[0].files] == ["image"]
    before = photographs.samples_of(source)
    after = photographs.samples_of(tmp_path / "out" / "photo_edit.png")
    assert (before != after).any(axis=2).mean() > 0.5
    said = capsys.readouterr()
    assert "0 of 0 protected pixels changed" in said.out
    assert "pixels in all" in said.err


@pytest.mark.parametrize(
    ("play", "code", "said"),
    [
        (Play(refuse="moderation"), 4, "refused this edit"),
        (Play(cut=2000), 5, "may have been charged"),
        (Play(cut_upload=2000), 6, "nothing was charged"),
    ],
)
def test_what_goes_wrong_has_its_code_and_leaves_no_asset(
    play,
    code,
    said,
    photo,
    ask,
    loopback,
    tmp_path,
    capsys,
):
    loopback.always(play)
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a", "--count", "2", "--json") == code
    told, err = capsys.readouterr()
    records = [json.loads(line) for line in told.splitlines()]
    assert sorted(record["variant"] for record in records) == [1, 2]
    for record in records:
        assert (record["ok"], record["exit"]) == (False, code)
        assert said in record["problem"]
    assert said in err
    assert list((tmp_path / "out").iterdir()) == []


def test_some_variants_may_fail_while_others_are_done(photo, ask, loopback, tmp_path, capsys):
    loopback.play(Play(refuse="moderation"))
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a", "--count", "2") == 7
    assert_kept(source, tmp_path / "out" / "photo_edit.png", mask)
    capsys.readouterr()


def test_an_answer_that_is_no_picture_is_kept(photo, ask, loopback, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tests.fakes.provider.encoded", lambda *_: b"\x89PNG\r\n\x1a\nbroken")
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a") == 5
    kept = tmp_path / "out" / "photo_edit.answer.png"
    assert kept.read_bytes() == b"\x89PNG\r\n\x1a\nbroken"
    assert not (tmp_path / "out" / "photo_edit.png").exists()
    assert "it is kept as photo_edit.answer.png" in capsys.readouterr().err


def test_a_request_that_cannot_work_is_not_sent(photo, ask, loopback, capsys):
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a hat like @1.", "--markup") == 3
    said = capsys.readouterr().err
    assert "nothing was sent: prompt: There is no reference 1 to speak of; markup: " in said
    assert loopback.log == []


def test_without_a_key_nothing_is_sent(photo, ask, loopback, monkeypatch, capsys):
    monkeypatch.delenv("FRISKET_KEY_OPENAI")
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a") == 6
    assert "Put it into FRISKET_KEY_OPENAI." in capsys.readouterr().err
    assert loopback.log == []


def test_a_folder_that_cannot_be_made(photo, tmp_path, capsys):
    source, mask = photo
    (tmp_path / "taken").write_text("")
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path / "taken" / "out")]
    assert main(line) == 8
    capsys.readouterr()


def test_an_unknown_outcome_is_remembered(photo, ask, loopback, capsys):
    source, mask = photo
    loopback.play(Play(cut=2000))
    assert ask(source, "--mask", mask, "--prompt", "a") == 5
    capsys.readouterr()
    assert ask(source, "--mask", mask, "--prompt", "a") == 0
    assert "An earlier request may have been charged" in capsys.readouterr().err


def test_an_interruption_tells_what_became_of_the_request(photo, loopback, tmp_path):
    loopback.always(Play(hold="head"))
    source, mask = photo
    line = ["edit", source, "--mask", mask, "--provider", "openai", "--prompt", "a"]
    line += ["--base-url", loopback.base_url, "--out", tmp_path / "out"]
    running = subprocess.Popen(
        [sys.executable, "-m", "editor", *map(str, line)],
        cwd=ROOT,
        env={**os.environ, "FRISKET_KEY_OPENAI": KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    loopback.wait_until(lambda log: any(seen.texts for seen in log))
    assert running.stderr is not None
    while "waiting for the answer" not in running.stderr.readline():
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "it may be charged" in said
    assert said.endswith("frisket: interrupted\n")
    assert "Traceback" not in said
    assert KEY not in said


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A photograph of 60 megapixels and its mask."""
    folder = tmp_path_factory.mktemp("large")
    source, mask = folder / "large.jpg", folder / "mask.png"
    photographs.write_jpeg(source, 9000, 6700, radius=200)
    write_soft_mask(mask, soft_disc(9000, 6700, radius=200))
    return source, mask


def test_sixty_megapixels_stay_sixty_megapixels_offline(large, tmp_path, capsys):
    source, mask = large
    assert main(["edit", str(source), "--mask", str(mask), "--out", str(tmp_path)]) == 0
    assert_kept(source, tmp_path / "large_edit.png", mask)
    capsys.readouterr()


def test_sixty_megapixels_stay_sixty_megapixels_through_the_provider(large, ask, tmp_path, capsys):
    source, mask = large
    assert ask(source, "--mask", mask, "--prompt", "a ball") == 0
    assert_kept(source, tmp_path / "out" / "large_edit.png", mask)
    assert "at 1:1" in capsys.readouterr().err


def test_sixty_megapixels_stay_sixty_megapixels_with_an_answer_made_elsewhere(
    large, tmp_path, capsys
):
    source, mask = large
    answer, out = tmp_path / "answer.png", tmp_path / "large_edit.png"
    Image.fromarray(np.full((670, 900, 3), (20, 90, 200), np.uint8)).save(answer)
    line = ["compose", str(source), str(answer), "--mask", str(mask), "--out", str(out)]
    assert main(line) == 0
    assert_kept(source, out, mask)
    capsys.readouterr()


@pytest.mark.shared
@pytest.mark.parametrize("way", ["offline", "elsewhere", "provider"])
def test_a_real_photograph_keeps_every_protected_pixel(way, shared, ask, tmp_path, capsys):
    source = shared / "photos" / "seeding_by_Clements_Engelhardt.jpg"
    mask, out = tmp_path / "mask.png", tmp_path / "out"
    write_soft_mask(mask, soft_disc(5312, 2988))
    asset = out / "seeding_by_Clements_Engelhardt_edit.png"
    if way == "offline":
        assert main(["edit", str(source), "--mask", str(mask), "--out", str(out)]) == 0
    elif way == "provider":
        assert ask(source, "--mask", mask, "--prompt", "a pond") == 0
    else:
        answer = tmp_path / "answer.jpg"
        out.mkdir()
        with Image.open(source) as image:
            image.convert("L").resize((1536, 864)).save(answer)
        line = ["compose", str(source), str(answer), "--mask", str(mask), "--out", str(asset)]
        assert main(line) == 0
    assert_kept(source, asset, mask)
    capsys.readouterr()
