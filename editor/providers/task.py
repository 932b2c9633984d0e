"""Tasks: edits that a provider accepts first and is asked for until they are done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from editor.capability.provider import Provider
from editor.edits.events import Accepted, Event
from editor.errors import OutcomeUnknown, Problem
from editor.providers.body import host, text
from editor.providers.dialect import Call, Message
from editor.providers.refusal import details_of, heard, is_error, refusal

WAIT = 3.0
"""Seconds before a task is asked for the first time; it costs nothing."""

LONGEST_NAME = 500
"""Characters of the name of a task."""

TRACE = "trace_id:"
"""Before the name of a task that has a trace alone."""

NO_WAY = (
    "{host} works on it as task {task}, and this profile does not say how to ask for it. "
    "It may be charged; the name is kept."
)
LOST = "{host} was asked for task {task} and refused (error {status}); it may be charged."
FAILED = "{host} gave up on task {task}; it may have been charged. Its answer is kept."

_FAILED = {"failed", "failure", "fail", "error", "cancelled", "canceled", "expired"}
_DONE = {"succeeded", "succeed", "success", "completed", "complete", "done", "finished"}


def task_of(body: Mapping[str, object]) -> str:
    """The name of the task that an answer speaks of, "" when it speaks of none.

    Relays say `task_id`, or `id` together with a status. What no address could hold is no name.
    """
    name = text(body, "task_id") or (text(body, "id") if "status" in body else "")
    return name if name.isprintable() and len(name) <= LONGEST_NAME else ""


def accepted(message: Message, task: str) -> Iterator[Call | Event]:
    """Say that the provider works on it, and ask for it. Raises OutcomeUnknown."""
    yield Accepted(task)
    if not message.call.poll:
        raise OutcomeUnknown(NO_WAY, host=host(message), task=task)
    yield asking(message.call.poll, task)


def asking(address: str, task: str) -> Call:
    """The call that asks for a task: a GET where its name goes into the address."""
    if "{task}" in address:
        url = address.replace("{task}", quote(task, safe=""))
        return Call("GET", url, purpose="poll", wait=WAIT, poll=address, facts={"task_id": task})
    trace = task.removeprefix(TRACE)
    which = {"id": task} if trace == task else {"trace_id": trace}
    question = {"action": "retrieve", **which}
    facts = {"task_id": task}
    return Call("POST", address, question, purpose="poll", wait=WAIT, poll=address, facts=facts)


def resume(provider: Provider, task: str) -> Call | None:
    """The call that asks for a task of an earlier day; None when nobody knows how."""
    if not provider.poll:
        return None
    return replace(asking(provider.url(provider.poll), task), wait=0.0)


def unheard(message: Message) -> Iterator[Call]:
    """What to do about a question that was not answered: ask again, unless it is hopeless.

    The edit itself is accepted, so that a refused question never means that nothing is charged.
    Raises OutcomeUnknown.
    """
    if message.status == 429 or message.status >= 500 or message.status in {404, 408, 425}:
        yield again(message)
        return
    task = str(message.call.facts.get("task_id", ""))
    details = details_of(heard(message))
    values = {"host": host(message), "task": task, "status": message.status}
    raise OutcomeUnknown(LOST, **values, details=details)


def of_another(message: Message, told: Mapping[str, object]) -> bool:
    """Whether an answer tells of another task than the one that was asked for.

    Only one that names its task can say so; told: `task_id`, and `id` where it may be the name.
    """
    task, name = str(message.call.facts.get("task_id", "")), text(told, "task_id")
    return bool(name) and not task.startswith(TRACE) and task not in {name, text(told, "id")}


def again(message: Message) -> Call:
    """The same question once more."""
    return replace(message.call, wait=WAIT)


def has_failed(body: Mapping[str, object]) -> bool:
    """Whether a task has failed, by its own word."""
    return not _FAILED.isdisjoint(_states(body))


def has_ended(body: Mapping[str, object]) -> bool:
    """Whether a task says that it is done."""
    return not _DONE.isdisjoint(_states(body))


def _states(body: Mapping[str, object]) -> set[str]:
    return {text(body, name).lower() for name in ("task_status", "status", "state")}


def failed(message: Message, body: Mapping[str, object]) -> Problem:
    """The problem of a task that failed: in the provider's words where it said some."""
    if is_error(body):
        return refusal(replace(message, data=json.dumps(body).encode()))
    task = str(message.call.facts.get("task_id", "")) or task_of(body)
    return OutcomeUnknown(FAILED, host=host(message), task=task)
