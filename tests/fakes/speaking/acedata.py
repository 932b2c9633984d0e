"""AceData: form or JSON with addresses, links, tasks that are asked for under /openai/tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.refusals import No
from tests.fakes.rules import Broken, Rules, Value, Wish, whole, word
from tests.fakes.speaking.speaker import WORK_SECONDS, Carried, Speaker

GPT = ("gpt-image-1", "gpt-image-1.5", "gpt-image-2")
BANANAS = ("nano-banana", "nano-banana-2", "nano-banana-pro")
OLD = ("dall-e-2",)
FIVE = {(1024, 1024), (1536, 1024), (1024, 1536)}
TRACE = "trace-"

VALUES = {
    "n": whole(1, 10),
    "quality": word("auto", "high", "medium", "low", "standard"),
    "output_format": word("png", "jpeg", "webp"),
    "background": word("transparent", "opaque", "auto"),
    "input_fidelity": word("high", "low", only=GPT),
    "response_format": word("url", "b64_json"),
    "output_compression": whole(0, 100),
    "partial_images": whole(0, 3),
    "callback_url": Value(),
    "async": Value("flag"),
}


def fits(model: str, width: int, height: int) -> bool:
    """Whether the model draws in this size; the free sizes have no least area and no ratio."""
    if model in OLD:
        return (width, height) in {(256, 256), (512, 512), (1024, 1024)}
    if model == "gpt-image-2":
        longest, area = max(width, height), width * height
        return width % 16 == 0 == height % 16 and longest <= 3840 and area <= 8_294_400
    return (width, height) in FIVE


def body(wish: Wish, carried: Sequence[Carried], task: str) -> object:
    """The newest model tells of its task; the bananas do not know the time."""
    if wish.model == "gpt-image-2":
        told = {"success": True, "task_id": task, "trace_id": TRACE + task}
        return told | {"created": 1_764_000_000, "data": list(carried), "elapsed": WORK_SECONDS}
    created = 0 if wish.model in BANANAS else 1_764_000_000
    return {"created": created, "data": [dict(each, revised_prompt="") for each in carried]}


def asked(path: str, body: Mapping[str, Any]) -> str:
    """The task that a query is about."""
    if body.get("action") != "retrieve" or not body.keys() <= {"action", "id", "trace_id"}:
        return ""
    return str(body.get("id") or str(body.get("trace_id")).removeprefix(TRACE))


def polled(task: str, whole: object | None) -> object:
    """A task as it is kept; its response is there when it is done."""
    told: dict[str, object] = {"id": task, "_id": task, "trace_id": TRACE + task}
    told |= {"type": "images_edits", "request": {}, "created_at": 1_764_000_000.0}
    if whole is None:
        return told
    assert isinstance(whole, dict)
    response = {"success": True, "task_id": task, "trace_id": TRACE + task}
    return told | {"response": response | whole, "finished_at": 1_764_000_009.3}


def refused(broken: Broken) -> No:
    """A broken rule in AceData's envelope."""
    code = "invalid_token" if broken.code == "invalid_api_key" else "bad_request"
    error = {"code": code, "message": f"{broken.code}: {broken.message}"}
    status = 401 if broken.code == "invalid_api_key" else 400
    return No(status, {"success": False, "error": error, "trace_id": TRACE + "0"})


ACEDATA = Speaker(
    ("/openai/images/edits", "/v1/images/edits"),
    Rules(frozenset(("dall-e-2", "dall-e-3", *GPT, *BANANAS)), VALUES, fits, default="dall-e-3"),
    json="image",
    links=lambda wish: wish.texts.get("response_format") != "b64_json",
    by_task=lambda wish: wish.texts.get("async") == "true" or "callback_url" in wish.texts,
    kind=lambda wish: "jpeg" if wish.model in BANANAS else wish.texts.get("output_format", "png"),
    count=lambda wish: wish.count if wish.model in OLD else 1,
    body=body,
    polls="/openai/tasks",
    asked=asked,
    polled=polled,
    refused=refused,
)
