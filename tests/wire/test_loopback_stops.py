"""Edits that are stopped, closed or killed midway: nothing paid is lost, nothing paid twice."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image

from editor.edits.events import (
    Cancelled,
    Preview,
    Sent,
    Unknown,
)
from editor.engine.ledger import Ledger
from editor.engine.note import State
from editor.engine.remains import recovered
from editor.engine.stops import CLOSED
from editor.providers.table import dialect
from tests.fakes.provider import Play

ROOT = Path(__file__).parents[2]


def test_a_stop_after_the_last_byte_hangs_up_and_is_unknown(desk, provider):
    provider.play(Play(hold="head"))
    desk.send()
    desk.until(Sent)
    desk.network.stop("a")
    told = desk.end()[-1]
    assert (type(told), told.problem.template) == (Unknown, CLOSED)
    provider.wait_until(lambda log: any(seen.left for seen in log))
    assert desk.note.state is State.UNKNOWN


def test_a_stop_in_the_middle_of_a_stream_hangs_up(desk, provider):
    provider.play(Play(hold="end"))
    desk.send(settings={"stream": True, "partial_images": 1})
    desk.until(Preview)
    desk.network.stop("a")
    assert type(desk.end()[-1]) is Unknown
    provider.wait_until(lambda log: any(seen.left for seen in log))
    assert sum(provider.charges.values()) == 1


def test_a_job_that_waits_its_turn_is_asked_of_nobody_and_can_be_stopped(desk, provider):
    provider.always(Play(hold="head"))
    for job in "abcd":
        desk.send(job)
    for _ in "abcd":
        desk.until(Sent)
    desk.send("e")
    desk.network.stop("e")
    assert desk.heard.get(timeout=20) == ("e", Cancelled())
    # The project knows of it; the ledger does from its turn on, before anything is sent.
    assert {note.asked.job for note in desk.ledger.notes()} == set("abcd")
    provider.wait_until(lambda log: len(log) == 4)
    provider.release()


def test_closing_with_work_under_way(desk, provider):
    provider.play(Play(hold="head"))
    desk.send()
    desk.until(Sent)
    desk.network.close(patience=20.0)
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state is State.UNKNOWN


CHILD = """
import sys
from tests.fakes.desk import Desk
from editor.edits.events import Picture, Progress, Sent
desk = Desk(sys.argv[1])
desk.send(settings={"stream": True, "partial_images": 1})
desk.until({"sent": Sent, "picture": Picture}[sys.argv[2]])
print(sys.argv[2], flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def killed_at(moment, provider):
    """Another process sends until a moment, and is killed there."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, provider.base_url, moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with child:
        assert child.stdout.readline() == f"{moment}\n"
        child.send_signal(signal.SIGKILL)
    ledger = Ledger()
    yield ledger, ledger.adopt()
    ledger.close()


def test_killed_while_waiting_it_is_unknown(provider):
    provider.play(Play(hold="head"))
    with killed_at("sent", provider) as (_, (adopted,)):
        assert adopted.state is State.UNKNOWN
    provider.wait_until(lambda log: any(seen.left for seen in log))


def test_killed_with_the_picture_only_in_memory_it_is_on_the_disk(provider):
    with killed_at("picture", provider) as (ledger, (adopted,)):
        assert adopted.state is State.RECEIVED
        raw = ledger.raw(adopted)
        (picture,) = recovered(raw, dialect("form-edits"), provider.base_url)
        assert Image.open(io.BytesIO(picture.data)).size == (1024, 1024)
    assert sum(provider.charges.values()) == 1
