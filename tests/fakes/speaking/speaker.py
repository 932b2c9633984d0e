"""What sets one provider apart from another, as far as the loopback provider plays them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.acting import Play
from tests.fakes.refusals import No, openai
from tests.fakes.rules import Broken, Rules, Wish

Carried = Mapping[str, object]
"""One picture in an answer: {"b64_json": ...} or {"url": ...}."""

WORK_SECONDS = 9.3
"""How long the work took, as an answer tells it."""


def openai_refusal(broken: Broken) -> No:
    """A broken rule in OpenAI's envelope."""
    status = 401 if broken.code == "invalid_api_key" else 400
    return openai(status, broken.code, "invalid_request_error", broken.message, (), broken.param)


def facts(wish: Wish) -> dict[str, object]:
    """Effective values and usage, as OpenAI tells them."""
    width, height = wish.size
    quality = wish.texts.get("quality", "auto")
    return {
        "background": "opaque",
        "output_format": wish.texts.get("output_format", "png"),
        "quality": "medium" if quality == "auto" else quality,
        "size": f"{width}x{height}",
        "usage": {
            "input_tokens": 100,
            "input_tokens_details": {"image_tokens": 90, "text_tokens": 10},
            "output_tokens": 196,
            "total_tokens": 296,
        },
    }


def openai_body(wish: Wish, carried: Sequence[Carried], task: str) -> object:
    """The answer of images/edits as OpenAI gives it."""
    return facts(wish) | {"created": 1_764_000_000, "data": list(carried)}


@dataclass(frozen=True)
class Speaker:
    """How one provider speaks.

    paths: of the paid call, exact. rules: what it insists on. form, json: whether it takes a
    multipart form, and under which name a JSON body carries pictures ("" when it takes none).
    header, prefix: where the key stands. links: whether pictures come as links unless the play
    says otherwise. streams: whether it knows streams. by_task: whether the wish asks for a
    task. kind: format of the picture. count: of pictures that the wish gets.
    body: the whole answer, given the task's name. accepted: the answer that only names a task.
    polls: the path under which tasks are asked for. asked: the id in such a request.
    polled: what it answers, given the whole answer or None while it works.
    refused: a broken rule as an answer. lost: the answer about a task that nobody knows.
    """

    paths: tuple[str, ...]
    rules: Rules
    form: bool = True
    json: str = ""
    header: str = "authorization"
    prefix: str = "Bearer "
    links: Callable[[Wish], bool] = lambda wish: False
    streams: bool = False
    by_task: Callable[[Wish], bool] = lambda wish: False
    kind: Callable[[Wish], str] = lambda wish: wish.texts.get("output_format", "png")
    count: Callable[[Wish], int] = lambda wish: wish.count
    body: Callable[[Wish, Sequence[Carried], str], object] = openai_body
    accepted: Callable[[str], object] = lambda task: {"task_id": task}
    polls: str = ""
    asked: Callable[[str, Mapping[str, Any]], str] = lambda path, body: ""
    polled: Callable[[str, object | None], object] = lambda task, whole: {}
    lost: No = field(default_factory=lambda: No(200, {}))
    refused: Callable[[Broken], No] = openai_refusal

    def links_for(self, wish: Wish, play: Play) -> bool:
        """Whether the pictures of this answer come as links."""
        return play.link or (self.links(wish) and not play.inline)
