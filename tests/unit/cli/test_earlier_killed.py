"""An edit that is killed at work loses nothing that was paid: the next one hands it over once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.capability.provider import Provider as Place
from editor.cli.command import main
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from editor.preferences.purchases import Purchases
from tests.fakes.editing import Ask, assert_kept
from tests.fakes.full_disk import full
from tests.fakes.provider import KEY, Play, Provider

ROOT = Path(__file__).parents[3]
KILLED = (
    "import os, signal, sys\n"
    "from {module} import {owner}\n"
    "{owner}.{method} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    "from editor.cli.command import main\n"
    "main(sys.argv[1:])\n"
)
BEFORE_IT_IS_KEPT = {"module": "editor.cli.delivery", "owner": "Delivery", "method": "keep"}
ONCE_IT_IS_ACCEPTED = {
    "module": "editor.engine.account",
    "owner": "Account",
    "method": "still",
}
BEFORE_IT_IS_ASKED_FOR = {"module": "editor.engine.exchange", "owner": "Exchange"}
BEFORE_IT_IS_ASKED_FOR |= {"method": "_until_next_poll"}
BEFORE_IT_IS_FETCHED = {"module": "editor.transport.collect", "owner": "Collect"}
BEFORE_IT_IS_FETCHED |= {"method": "fetched"}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def wish(photo: tuple[Path, Path]) -> tuple[object, ...]:
    """The rest of a line whose price is exact."""
    return photo[0], "--mask", photo[1], "--prompt", "a ball", "--quality", "low"


def killed(
    at: dict[str, str],
    wish: tuple[object, ...],
    loopback: Provider,
    out: Path,
    provider: str = "openai",
) -> None:
    """Ask in a process that is killed at this point."""
    line = ["edit", *wish, "--provider", provider, "--out", out]
    place = load().provider(provider)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED.format(**at), *map(str, line)],
        cwd=ROOT,
        env={**os.environ, **there(loopback, place), place.key_name: KEY},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL
    assert len(loopback.log) == 1


def there(loopback: Provider, place: Place) -> dict[str, str]:
    """The environment in which a provider is asked on loopback."""
    return {f"FRISKET_URL_{place.id.upper()}": loopback.base_for(place)}


def test_an_answer_that_came_before_the_kill_is_written_by_the_next(
    photo: tuple[Path, Path],
    wish: tuple[object, ...],
    ask: Ask,
    loopback: Provider,
    tmp_path: Path,
    capsys: Capture,
) -> None:
    before = tmp_path / "before"
    killed(BEFORE_IT_IS_KEPT, wish, loopback, before)
    assert list(before.iterdir()) == []
    assert ask(*wish) == 0
    said = capsys.readouterr().err
    (answer,) = before.iterdir()
    assert answer.name == "photo_edit.answer.png"
    Image.open(answer).verify()
    assert f"was answered; the paid answer is now in {answer}, and" in said
    joined = tmp_path / "joined.png"
    line = ["compose", photo[0], answer, "--mask", photo[1], "--out", joined]
    assert main([str(word) for word in line]) == 0
    assert_kept(photo[0], joined, photo[1])
    assert ask(*wish) == 0
    assert "An edit sent to" not in capsys.readouterr().err
    assert len(list(before.iterdir())) == 1
    assert len(loopback.log) == 3
    raw = Path(os.environ["FRISKET_HOME"]) / "data" / "ledger" / "raw"
    assert list(raw.iterdir()) == []
    kept = Purchases()
    kept.close()
    assert [(one.sure, one.exact) for one in kept.every] == [(True, True)] * 3
    assert len({one.price for one in kept.every}) == 1


def test_a_task_that_was_accepted_before_the_kill_is_told_of_by_the_next(
    wish: tuple[object, ...], ask: Ask, loopback: Provider, tmp_path: Path, capsys: Capture
) -> None:
    loopback.play(Play(pending=9))
    killed(ONCE_IT_IS_ACCEPTED, wish, loopback, tmp_path / "before")
    for told in (1, 0):
        assert ask(*wish) == 0
        assert capsys.readouterr().err.count("was accepted as task-1; it may be charged") == told
    assert len([seen for seen in loopback.log if seen.digest]) == 3
    kept = Purchases()
    kept.close()
    assert [one.sure for one in kept.every] == [False, True, True]
    with closing(Ledger()) as ledger:
        ledger.adopt()
        (note,) = (note for note in ledger.notes() if note.state is State.ACCEPTED)
        assert (note.task, note.told) == ("task-1", True)


@pytest.mark.parametrize(
    ("asked", "play", "at"),
    [
        ("acedata", Play(pending=1), BEFORE_IT_IS_ASKED_FOR),
        ("openai", Play(link=True), BEFORE_IT_IS_FETCHED),
    ],
    ids=["task", "link"],
)
def test_what_a_provider_still_holds_is_collected_by_the_next_that_can(
    asked: str,
    play: Play,
    at: dict[str, str],
    photo: tuple[Path, Path],
    wish: tuple[object, ...],
    ask: Ask,
    loopback: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    place, before = load().provider(asked), tmp_path / "before"
    loopback.play(play)
    killed(at, wish, loopback, before, asked)
    offline = ["edit", photo[0], "--mask", photo[1], "--out", tmp_path / "offline"]
    assert main([str(word) for word in offline]) == 0
    assert "; the next edit that" in capsys.readouterr().err
    for name, value in there(loopback, place).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(place.key_name, KEY)
    said = []
    for _ in range(3):
        assert ask(*wish) == 0
        said += [line for line in capsys.readouterr().err.splitlines() if "An edit sent" in line]
    (answer,) = before.iterdir()
    Image.open(answer).verify()
    (line,) = said
    assert f"was collected without paying again; the answer is now in {answer}, and" in line
    assert sum(loopback.charges.values()) == 4
    kept = Purchases()
    kept.close()
    assert [one.sure for one in kept.every] == [True] * 4
    with closing(Ledger()) as ledger:
        ledger.adopt()
        assert ledger.waiting() == ()
        assert all(b"signed-secret" not in ledger.raw(note) for note in ledger.notes())


def test_a_link_that_has_gone_out_of_date_is_told_of_once(
    wish: tuple[object, ...], ask: Ask, loopback: Provider, tmp_path: Path, capsys: Capture
) -> None:
    loopback.play(Play(href=loopback.root + "/files/gone.png"))
    killed(BEFORE_IT_IS_FETCHED, wish, loopback, tmp_path / "before")
    for told in (1, 0):
        assert ask(*wish) == 0
        said = capsys.readouterr().err
        assert said.count("brought no picture, and what came of it is kept in") == told
        assert said.count(": The link to the finished picture no longer works (401)") == told
    assert sum(loopback.charges.values()) == 3


def test_an_answer_that_the_disk_refused_is_written_by_the_next(
    wish: tuple[object, ...],
    ask: Ask,
    loopback: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("editor.cli.delivery.write", full)
        assert ask(*wish) == 8
    capsys.readouterr()
    assert ask(*wish) == 0
    answer = tmp_path / "out" / "photo_edit.answer.png"
    assert f"now in {answer}, and frisket compose" in capsys.readouterr().err
    assert len(list((tmp_path / "out").glob("*.answer.png"))) == len(loopback.log) == 2
    kept = Purchases()
    kept.close()
    assert [bool(one.size) for one in kept.every] == [True, True]  # by the runs that heard them


@pytest.fixture
def of_the_window() -> None:
    """What a window that is gone goes on with at its next start."""
    with closing(Ledger()) as ledger:
        for job in ("received", "accepted"):
            entry = ledger.open(Asked(job, "openai", "gpt-image-2", "api.example", "digest"))
            entry.sending(1)
            entry.sent()
            entry.received()
            if job == "accepted":
                entry.accepted("t7")


@pytest.mark.usefixtures("of_the_window")
def test_what_the_window_goes_on_with_is_left_to_it(
    wish: tuple[object, ...], ask: Ask, capsys: Capture
) -> None:
    assert ask(*wish) == 0
    assert "An edit sent to" not in capsys.readouterr().err
    with closing(Ledger()) as ledger:
        ledger.adopt()
        states = [note.state for note in ledger.notes() if note.asked.host == "api.example"]
        assert sorted(state.value for state in states) == ["accepted", "received"]


def test_what_has_no_picture_for_this_run_is_not_told_of_by_the_next(
    wish: tuple[object, ...],
    ask: Ask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("tests.fakes.answers.encoded", lambda *_: b"\x89PNG\r\n\x1a\nbroken")
        assert ask(*wish) == 5
    assert "it is kept as photo_edit.answer.png" in capsys.readouterr().err
    assert ask(*wish) == 0
    assert "An edit sent to" not in capsys.readouterr().err
    names = sorted(path.name for path in (tmp_path / "out").glob("*.answer.png"))
    assert names == ["photo_edit-2.answer.png", "photo_edit.answer.png"]
