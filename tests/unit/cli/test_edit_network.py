"""Edits over a real socket, to the finished file, and everything that can go wrong."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.cli.command import main
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.preferences.purchases import Purchases
from tests.fakes import photographs
from tests.fakes.editing import P3, assert_kept
from tests.fakes.photographs import profile_of
from tests.fakes.provider import KEY, Play

ROOT = Path(__file__).parents[3]


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
        "photo_edit-2.mask.png",
        "photo_edit-2.png",
        "photo_edit-3.answer.png",
        "photo_edit-3.mask.png",
        "photo_edit-3.png",
        "photo_edit.answer.png",
        "photo_edit.mask.png",
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
    assert "/v1 once for about $0." in said.err


def test_references_go_along_and_are_spoken_of(photo, ask, loopback, capsys):
    source, mask = photo
    other = source.with_name("other.png")
    Image.fromarray(np.full((50, 70, 3), 99, np.uint8)).save(other)
    assert ask(source, other, "--mask", mask, "--prompt", "a hat like @1") == 0
    (seen,) = loopback.log
    assert seen.texts["prompt"] == "a hat like image 2"
    assert [name for name, *_ in seen.files] == ["image[]", "image[]", "mask"]
    recipe = json.loads((source.parent / "out" / "photo_edit.json").read_text())
    (step,) = recipe["steps"]
    assert step["prompt"] == "a hat like @1"
    assert step["references"][0]["file"] == "../other.png"
    capsys.readouterr()


def test_everything_may_change_when_that_is_asked_for(photo, ask, loopback, tmp_path, capsys):
    source, _ = photo
    assert ask(source, "--whole", "--prompt", "night") == 0
    assert [name for name, *_ in loopback.log[0].files] == ["image"]
    before = photographs.samples_of(source)
    after = photographs.samples_of(tmp_path / "out" / "photo_edit.png")
    assert (before != after).any(axis=2).mean() > 0.5
    said = capsys.readouterr()
    assert "photo_edit.png: nothing was protected, " in said.out
    assert "pixels in all" in said.err


def test_what_does_not_go_out_is_told(photo, ask, loopback, capsys):
    source, mask = photo
    more = ["--mask", mask, "--prompt", "a ball", "--partial-images", "2"]
    assert ask(source, *more) == 0
    told = capsys.readouterr().err
    assert "--partial-images is not sent. Only with Stream the answer: on." in told
    assert "partial_images" not in loopback.log[0].texts


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--markup"], "--markup: Only the 2.5 and 2.6 models know it (leave it out)."),
        (["--input-fidelity", "high"], "answers 400 to a fidelity (leave it out)."),
        (
            ["--background", "transparent", "--output-format", "jpeg"],
            "--output-format: JPEG has no transparency: take PNG or WebP, or another background",
        ),
    ],
)
def test_what_a_model_would_refuse_is_told_by_its_flag(photo, ask, loopback, capsys, more, said):
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a ball", *more) == 3
    assert said in capsys.readouterr().err
    assert loopback.log == []


@pytest.mark.parametrize(
    ("play", "code", "said"),
    [
        (Play(refuse="moderation"), 4, "refused this edit"),
        (Play(cut=2000), 5, "may have been charged"),
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
    assert_all_failed(capsys.readouterr(), code, said)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_upload_that_breaks_off_costs_nothing(photo, ask, loopback, tmp_path, capsys):
    loopback.always(Play(cut_upload=2000))
    source, mask = photo
    noise = np.random.default_rng(1).integers(0, 256, (1500, 1500, 3), np.uint8)
    large = tmp_path / "large.png"  # more than the system's buffers take on a busy machine
    Image.fromarray(noise).save(large)
    more = ["--mask", mask, "--prompt", "a hat like @1", "--count", "2", "--json"]
    assert ask(source, large, *more) == 6
    assert_all_failed(capsys.readouterr(), 6, "nothing was charged")
    assert list((tmp_path / "out").iterdir()) == []


def assert_all_failed(captured, code, said):
    records = [json.loads(line) for line in captured.out.splitlines()]
    assert sorted(record["variant"] for record in records) == [1, 2]
    for record in records:
        assert (record["ok"], record["exit"]) == (False, code)
        assert said in record["problem"]
    assert said in captured.err


def test_some_variants_may_fail_while_others_are_done(photo, ask, loopback, tmp_path, capsys):
    loopback.play(Play(refuse="moderation"))
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a", "--count", "2") == 7
    assert_kept(source, tmp_path / "out" / "photo_edit.png", mask)
    capsys.readouterr()


def test_an_answer_that_is_no_picture_is_kept(photo, ask, loopback, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tests.fakes.answers.encoded", lambda *_: b"\x89PNG\r\n\x1a\nbroken")
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
    assert "nothing was sent: --prompt: There is no reference 1 to speak of; --markup: " in said
    assert loopback.log == []


def test_without_a_key_nothing_is_sent(photo, ask, loopback, monkeypatch, capsys):
    monkeypatch.delenv("FRISKET_KEY_OPENAI")
    source, mask = photo
    assert ask(source, "--mask", mask, "--prompt", "a") == 6
    assert "put it into FRISKET_KEY_OPENAI." in capsys.readouterr().err
    assert loopback.log == []


def test_the_address_of_the_environment_is_asked_as_by_the_window(
    photo, loopback, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)
    monkeypatch.setenv("FRISKET_URL_OPENAI", loopback.base_url + "/")
    source, mask = photo
    line = ["edit", source, "--mask", mask, "--provider", "openai", "--prompt", "a"]
    assert main([str(word) for word in (*line, "--out", tmp_path / "out")]) == 0
    assert len(loopback.log) == 1
    capsys.readouterr()


def test_an_unknown_outcome_is_told_once_by_its_own_run(photo, ask, loopback, capsys):
    source, mask = photo
    loopback.play(Play(cut=2000))
    assert ask(source, "--mask", mask, "--prompt", "a") == 5
    assert "may have been charged" in capsys.readouterr().err
    assert ask(source, "--mask", mask, "--prompt", "a") == 0
    assert "charged" not in capsys.readouterr().err
    with closing(Ledger()) as ledger:
        ledger.adopt()
        assert len(ledger.unknown()) == 1


def test_an_unknown_outcome_of_a_run_that_was_killed_is_told_by_the_next(
    photo, ask, loopback, capsys
):
    source, mask = photo
    ledger = Ledger()
    entry = ledger.open(Asked("job", "openai", "gpt-image-2", "api.example", "digest"))
    entry.sending(1)
    entry.sent()
    ledger.close()
    for told in (1, 0):
        assert ask(source, "--mask", mask, "--prompt", "a") == 0
        assert capsys.readouterr().err.count("An edit sent to api.example on ") == told


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
    kept = Purchases()
    kept.close()
    assert [one.sure for one in kept.every] == [False]
    with closing(Ledger()) as ledger:
        ledger.adopt()
        assert [note.told for note in ledger.unknown()] == [True]
    assert said.endswith("frisket: interrupted\n")
    assert "Traceback" not in said
    assert KEY not in said
