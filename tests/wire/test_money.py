"""What is paid once and what becomes of it; the name of each case begins with its row.

Clicks (C1) are in tests/widget/window/test_commands.py, killing at each point (C2) is in
test_paid_kills.py, answers of no use (C6) are in test_faults.py, what is asked before a sum is
crossed and failures that pause a queue (C7) in tests/unit/session/test_spending.py and
tests/unit/engine/test_breaker.py.
"""

from __future__ import annotations

import errno
from typing import Any

import pytest

from editor.edits.events import Finished, Picture, Sent, Unknown
from editor.engine.note import State
from editor.errors import NotSent
from editor.storage.spool import Spool
from tests.fakes.desk import Desk
from tests.fakes.provider import Play, Provider

KINDS = (
    pytest.param({}, Play(hold="head"), id="body"),
    pytest.param({}, Play(hold="end", link=True), id="url"),
    pytest.param({"stream": True, "partial_images": 1}, Play(hold="end"), id="sse"),
)


@pytest.mark.parametrize(("settings", "play"), KINDS)
def test_C3_a_stop_after_the_last_byte_is_unknown_and_charged_once(
    desk: Desk, provider: Provider, settings: dict[str, Any], play: Play
) -> None:
    provider.play(play)
    desk.send(settings=settings)
    desk.until(Sent)
    provider.wait_until(lambda log: bool(log and log[0].digest))
    desk.network.stop("a")
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state in {State.UNKNOWN, State.RECEIVED}
    provider.release()
    assert len(provider.log) == 1


@pytest.mark.parametrize(("settings", "play"), KINDS)
def test_C4_closing_leaves_nothing_that_would_be_sent_again(
    desk: Desk, provider: Provider, settings: dict[str, Any], play: Play
) -> None:
    provider.play(play)
    desk.send(settings=settings)
    desk.until(Sent)
    provider.wait_until(lambda log: bool(log and log[0].digest))
    desk.network.close()
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state in {State.UNKNOWN, State.RECEIVED}


@pytest.mark.parametrize("settings", [{}, {"stream": True}], ids=["body", "sse"])
@pytest.mark.usefixtures("caplog")
def test_C5_a_full_disk_costs_no_picture(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]
) -> None:
    def full(spool: Spool) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Spool, "_pour", full)
    desk.send(settings=settings)
    events = desk.end()
    assert isinstance(events[-2], Picture)
    assert events[-1] == Finished()
    assert sum(provider.charges.values()) == 1


def test_C8_another_size_than_asked_for_is_told_and_not_asked_again(
    desk: Desk, provider: Provider
) -> None:
    desk.send(settings={"size": "1536x1024"})
    events = desk.end()
    assert isinstance(events[-2], Picture)
    assert events[-2].facts["size"] == "1536x1024"
    assert len(provider.log) == 1


def test_C9_a_key_that_is_taken_away_stops_what_waits_and_not_what_is_out(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.play(Play(hold="head"))
    desk.send("a")
    desk.until(Sent)
    monkeypatch.setattr("tests.fakes.desk.KEY", "")
    with pytest.raises(NotSent):
        desk.send("b")
    provider.release()
    assert desk.end()[-1] == Finished()
    assert [seen.charged for seen in provider.log] == [True]
