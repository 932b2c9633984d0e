"""aa.com.cn: JSON alone, one envelope for everything, answers that may only name a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.refusals import No
from tests.fakes.rules import Broken, Rules, Value, Wish, whole, word
from tests.fakes.speaking.speaker import Carried, Speaker

THREE = {(1024, 1024), (1536, 1024), (1024, 1536)}

VALUES = {
    "n": whole(1, 10),
    "background": word("transparent", "opaque", "auto"),
    "input_fidelity": word("high", "low"),
    "moderation": word("low", "auto"),
    "output_compression": whole(0, 100),
    "output_format": word("png", "jpeg", "webp"),
    "partial_images": whole(0, 3),
    "quality": word("low", "medium", "high", "auto"),
    "stream": Value("flag"),
    "user": Value(),
}


def envelope(data: object, code: int = 0, message: str = "success") -> object:
    """What every answer looks like."""
    return {"code": code, "data": data, "message": message, "request_id": "req-aa-1"}


def body(wish: Wish, carried: Sequence[Carried], task: str) -> object:
    """The links of the pictures, and what they cost."""
    usage = {"images": len(carried), "seconds": 0, "input_tokens": 100, "output_tokens": 196}
    data = {
        "urls": [
            each.get("url") or f"data:image/png;base64,{each['b64_json']}" for each in carried
        ],
        "usage": usage | {"total_tokens": 296},
        "expired": "2026-12-24 00:00:00",
        "task_id": task,
        "task_status": "succeed",
    }
    return envelope(data)


def pending(task: str) -> object:
    """The answer while nothing is there."""
    return envelope({"urls": [], "task_id": task, "task_status": "processing"})


def asked(path: str, body: Mapping[str, Any]) -> str:
    """The task that a query is about."""
    return str(body.get("task_id", "")) or path.rpartition("/")[2]


def refused(broken: Broken) -> No:
    """A broken rule: status 200, and a code that is not 0."""
    if broken.code == "invalid_api_key":
        return No(401, {"error": {"message": broken.message, "code": broken.code}})
    return No(200, envelope(None, 40000, f"{broken.code}: {broken.message}"))


AA = Speaker(
    ("/api/v1/image/generation",),
    Rules(
        frozenset({"gpt-image-1.5"}),
        VALUES,
        lambda model, width, height: (width, height) in THREE,
    ),
    form=False,
    json="images",
    links=lambda wish: True,
    body=body,
    accepted=pending,
    polls="/api/v1/image/tasks/",
    asked=asked,
    polled=lambda task, whole: pending(task) if whole is None else whole,
    lost=No(200, envelope(None, 40400, "task not found")),
    refused=refused,
)
