"""A batch of thirty pictures, killed and resumed: each is asked for once and none is lost."""

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
from tests.fakes.editing import assert_kept
from tests.fakes.photographs import soft_disc, write_soft_mask
from tests.fakes.provider import KEY, Play

ROOT = Path(__file__).parents[3]
COUNT = 30
SIZE = (96, 72)


@pytest.fixture
def album(tmp_path):
    """Thirty pictures, each unlike the others and with a mask of its own."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(COUNT):
        pixels = np.random.default_rng(number).integers(0, 256, (*SIZE[::-1], 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"p{number:02}.png")
        write_soft_mask(folder / f"p{number:02}_mask.png", soft_disc(*SIZE, radius=20))
    return folder


@pytest.fixture
def recipe(album, loopback, tmp_path, monkeypatch, capsys):
    """A recipe of the provider on loopback, which forgets that it was asked."""
    monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)
    line = ["edit", album / "p00.png", "--mask", album / "p00_mask.png", "--provider", "openai"]
    line += ["--prompt", "a ball", "--quality", "low", "--base-url", loopback.base_url]
    assert main([str(word) for word in (*line, "--out", tmp_path / "first")]) == 0
    capsys.readouterr()
    loopback.reset()
    return tmp_path / "first" / "p00_edit.json"


def line_of(recipe, album, out, loopback):
    files = sorted(album.iterdir())
    line = ["batch", recipe, *files, "--out", out, "--base-url", loopback.base_url, "--resume"]
    return [str(word) for word in line]


def killed(line, loopback, requests):
    """Run it and kill it as soon as the provider has understood so many requests."""
    running = subprocess.Popen(
        [sys.executable, "-m", "editor", *line],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    loopback.wait_until(lambda log: sum(bool(seen.digest) for seen in log) >= requests, 60.0)
    running.send_signal(signal.SIGKILL)
    assert running.wait(60) == -signal.SIGKILL


def assert_only_the_provider_was_cut_off(caplog):
    """The provider lives in this process and warns when whom it answers is gone."""
    assert all(record.getMessage().startswith("socket.send()") for record in caplog.records)


def test_thirty_pictures_killed_and_resumed_are_each_done_once(
    album, recipe, loopback, tmp_path, capsys, caplog
):
    out = tmp_path / "out"
    line = line_of(recipe, album, out, loopback)
    for requests in (5, 14, 23):
        killed(line, loopback, requests)
    code = main(line)
    charges = loopback.charges
    assert set(charges.values()) == {1}
    report = json.loads((out / "report.json").read_text())
    states = [each["state"] for each in report["files"]]
    done, unknown = states.count("done"), states.count("unknown")
    assert done + unknown == COUNT
    assert done <= len(charges)  # what was cut off just before its last byte cost nothing
    assert code == (7 if unknown else 0)
    assert unknown <= 3 * 4  # no more than were under way at each kill
    for each in report["files"]:
        if each["state"] == "done":
            source = Path(each["file"])
            mask = source.with_name(f"{source.stem}_mask.png")
            assert_kept(source, out / each["asset"], mask)
            assert each["protected_changed"] == 0
    assets = {each["asset"] for each in report["files"] if each["asset"]}
    assert len(assets) == done
    capsys.readouterr()
    assert main(line) == code
    assert loopback.charges == charges
    assert_only_the_provider_was_cut_off(caplog)
    capsys.readouterr()


def test_what_was_under_way_is_unknown_and_never_sent_again(
    album, recipe, loopback, tmp_path, capsys, caplog
):
    for path in sorted(album.iterdir())[4:]:
        path.unlink()  # two pictures are left
    out = tmp_path / "out"
    line = line_of(recipe, album, out, loopback)
    loopback.always(Play(hold="head"))
    killed(line, loopback, 2)
    loopback.always(Play())
    loopback.release()
    assert main(line) == 5
    assert len([seen for seen in loopback.log if seen.digest]) == 2
    said = capsys.readouterr().err
    assert said.count("it may have been charged and is not sent again") == 2
    report = json.loads((out / "report.json").read_text())
    assert report["unknown"] == report["count"] == 2
    assert_only_the_provider_was_cut_off(caplog)
