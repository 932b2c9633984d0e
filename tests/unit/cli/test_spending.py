"""What the command line pays is in the month's sum of the window, and its cap holds here too."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from editor.cli import spending
from editor.cli.command import main
from editor.preferences.preferences import Preferences
from editor.preferences.purchases import Purchase, Purchases, of_month
from editor.preferences.purchases import spent as summed
from tests.fakes.full_disk import full
from tests.fakes.photographs import write_jpeg
from tests.fakes.provider import Play

EXACT = (90 * 8 + 10 * 5 + 196 * 30) / 1e6
"""USD of one small picture by the usage that the loopback provider tells."""


@pytest.fixture
def wish(photo):
    """The rest of a line whose price is exact."""
    return photo[0], "--mask", photo[1], "--prompt", "a ball", "--quality", "low"


def bought():
    kept = Purchases()
    kept.close()
    return kept.every


def test_what_is_paid_is_kept_as_the_window_keeps_it(ask, wish, capsys):
    assert ask(*wish, "--count", "2") == 0
    one, two = bought()
    assert one.job != two.job
    for each in (one, two):
        assert (each.provider, each.model, each.quality) == ("openai", "gpt-image-2", "low")
        assert (each.exact, each.sure) == (True, True)
        assert each.price == pytest.approx(EXACT)
        assert each.seconds >= 0
        assert re.fullmatch("[0-9]+x[0-9]+", each.size)
    today = datetime.now(UTC).astimezone().date()
    assert summed(of_month(bought(), today)) == pytest.approx(2 * EXACT)
    assert f"This month has cost ${2 * EXACT:.2f} so far." in capsys.readouterr().err


def test_what_may_have_been_charged_in_vain_is_kept_too(ask, wish, loopback, capsys):
    loopback.play(Play(cut=2000), Play(refuse="nothing"), Play(refuse="moderation"))
    assert [ask(*wish) for _ in range(3)] == [5, 5, 4]
    assert [one.sure for one in bought()] == [False, False]
    assert all(one.price for one in bought())
    capsys.readouterr()


def test_nothing_is_paid_to_this_computer(photo, tmp_path, capsys):
    Preferences(cap=0.001).save()
    line = ["edit", photo[0], "--mask", photo[1], "--out", tmp_path / "out"]
    assert main([str(word) for word in line]) == 0
    assert bought() == ()
    assert "This month" not in capsys.readouterr().err


def test_C7_a_cap_is_not_crossed_unless_that_is_said(ask, wish, loopback, capsys):
    Preferences(cap=0.05).save()
    assert ask(*wish) == 0
    assert len(loopback.log) == 1
    capsys.readouterr()
    assert ask(*wish, "--count", "9") == 6
    said = capsys.readouterr().err
    assert re.search(r"bring the month to \$[0-9.]+ of \$0.05, so nothing was sent", said)
    assert len(loopback.log) == 1
    assert ask(*wish, "--over-cap") == 0
    assert len(loopback.log) == 2
    capsys.readouterr()


def test_an_unknown_price_is_refused_once_the_month_is_over_its_cap(ask, photo, loopback, capsys):
    Preferences(cap=1.0).save()
    line = [photo[0], "--mask", photo[1], "--prompt", "a ball", "--model", "gpt-image-9"]
    assert ask(*line) == 4  # nobody there has such a model
    kept = Purchases()
    kept.add(Purchase(datetime.now(UTC).isoformat(), "x", "openai", "m", price=1.5))
    kept.close()
    capsys.readouterr()
    assert ask(*line) == 6
    assert "The month is at $1.50, over its cap of $1.00" in capsys.readouterr().err
    assert len(loopback.log) == 1


def test_a_batch_ends_at_the_cap_and_goes_on_over_it(ask, wish, photo, loopback, tmp_path, capsys):
    assert ask(*wish) == 0
    recipe, files = tmp_path / "out" / "photo_edit.json", []
    for name in "abc":
        files.append(tmp_path / f"{name}.jpg")
        write_jpeg(files[-1], 240, 240)
    Preferences(cap=2.9 * EXACT).save()
    line = ["batch", recipe, *files, "--out", tmp_path / "many", "--base-url", loopback.base_url]
    line = [str(word) for word in line]
    asked = len(loopback.log)
    assert main(line) == 7
    assert 0 < len(loopback.log) - asked < len(files)
    said = capsys.readouterr().err
    assert said.count("bring the month to") == 1
    assert main([*line, "--resume", "--over-cap"]) == 0
    assert len(loopback.log) - asked == len(files)
    assert len(bought()) == 1 + len(files)
    capsys.readouterr()


def test_a_disk_that_refuses_stops_nothing(ask, wish, monkeypatch, capsys):
    with monkeypatch.context() as patched:
        patched.setattr(Purchases, "add", full)
        assert ask(*wish) == 0
    monkeypatch.setattr(spending, "Purchases", full)
    assert ask(*wish) == 0
    assert bought() == ()
    capsys.readouterr()
