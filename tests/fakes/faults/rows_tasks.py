"""Faults of tasks: what is said of them, and when."""

from __future__ import annotations

import json
from collections.abc import Sequence

from editor.edits.events import Unknown
from editor.engine.note import State
from editor.errors import OutcomeUnknown
from tests.fakes.faults.acts import hang_up, refusing, replying
from tests.fakes.faults.carriers import TASK, Reply, body_of, responded, task_of
from tests.fakes.faults.row import DONE, EVER, Ending, Row, refused, unusable
from tests.fakes.faults.server import Act, Turn

LATER = Ending(Unknown, OutcomeUnknown, "", State.ACCEPTED)
"""The task goes on at the provider and is asked after again later."""


def said(*answers: object) -> Act:
    """These answers in turn, the last again and again."""

    async def act(turn: Turn) -> None:
        told = answers[min(turn.number, len(answers)) - 1]
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        await turn.answer(Reply(body))

    return act


def _row(name: str, act: Act, ending: Ending, *, times: int = EVER) -> Row:
    return Row("B23", name, act, {"task": ending}, times=times)


def _accepted(name: str, told: object, ending: Ending) -> Row:
    act = replying(Reply(json.dumps(told).encode()))
    return Row("B23", name, act, {"task": ending}, stage="submit")


PENDING = task_of(None)
NO = {"success": False, "error": {"code": "moderation_blocked", "message": "no"}}
ANOTHER = task_of(responded()).replace(TASK.encode(), b"task-8")
ANOTHERS_NO = task_of(NO).replace(TASK.encode(), b"task-8")

ROWS: Sequence[Row] = (
    _row("works for a while", said(PENDING), DONE, times=3),
    _row("unknown, then found", said({}), DONE, times=3),
    _row("status 404, then found", refusing("404 Not yet"), DONE, times=2),
    _row("status 500, then found", refusing("500 Oops"), DONE, times=2),
    _row("status 429, then found", refusing("429 Slow", None, "Retry-After: 3"), DONE, times=2),
    _row("hung up on, then found", hang_up, DONE, times=2),
    _row("never ends", said(PENDING), LATER),
    _row("never found", said({}), LATER),
    _row("never reached again", hang_up, LATER),
    Row("B26", "another task, then this one", said(ANOTHER), {"task": DONE}, times=2),
    Row("B26", "always another task", said(ANOTHER), {"task": LATER}),
    Row("B26", "another task's refusal", said(ANOTHERS_NO), {"task": DONE}, times=2),
    _row("done without a picture", said(task_of(responded({"data": []}))), unusable()),
    _row(
        "done and failed",
        said(task_of({"success": False, "error": {"code": "api_error", "message": "no"}})),
        Ending(Unknown, OutcomeUnknown, "", State.UNKNOWN),
    ),
    _row(
        "done and refused",
        said(task_of(NO)),
        refused(),
    ),
    _accepted("no name", {"success": True}, unusable()),
    _accepted("an empty name", {"task_id": ""}, unusable()),
    _accepted("a number as a name", {"task_id": 7}, unusable()),
    Row("B23", "the picture at once", replying(Reply(body_of())), {"task": DONE}, stage="submit"),
)
