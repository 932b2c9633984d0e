"""The form dialect: images/edits as OpenAI speaks it, answered by one body or by a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editor.capability.catalog import Model, Provider
from editor.capability.values import on_the_wire
from editor.edits.events import Event, Preview
from editor.edits.framing import Framed
from editor.errors import AnswerUnusable, OutcomeUnknown
from editor.imaging.codec import encode_png
from editor.mask.exchange import dual_coded
from editor.mask.plane import Coverage
from editor.providers.body import carries_picture, fetched, from_base64, host, parsed, pictures
from editor.providers.dialect import Call, Message, Part
from editor.providers.refusal import is_error, refusal

STREAM = "text/event-stream"

ROOMY_MASK = 3_500_000
"""Bytes; providers refuse mask files of 4 MB."""

BROKEN_EVENT = (
    "The answer of {host} broke off in the middle of a picture; it may have been charged."
)

_ELSEWHERE = {"prompt", "count"}
"""Settings with a place of their own: the request holds the prompt, and each job asks for one."""


class FormEdits:
    """Text parts come first, the prompt among them: an old server reads the mask by it."""

    def encode(self, edit: Framed, provider: Provider, model: Model) -> Sequence[Call]:
        """One multipart POST that asks for one picture; pictures travel as bare PNG."""
        settings = {name: edit.settings[name] for name in edit.settings if name not in _ELSEWHERE}
        form = [Part("model", model.id), Part("prompt", edit.request.prompt)]
        for name, value in on_the_wire(model, settings).items():
            form.append(Part(name, _written(value)))
        rasters = (edit.source, *edit.references)
        # Repeating plain `image` is an error at OpenAI; `image[]` for one is an error elsewhere.
        name = "image" if len(rasters) == 1 else "image[]"
        for number, raster in enumerate(rasters, 1):
            form.append(Part(name, encode_png(raster), f"image-{number}.png", "image/png"))
        if edit.mask is not None:
            form.append(Part("mask", _mask(edit.mask), "mask.png", "image/png"))
        return [Call("POST", provider.base_url.rstrip("/") + provider.path, form=form)]

    def decode(self, message: Message) -> Iterator[Call | Event]:
        """Previews, pictures, or calls that fetch them. Raises what went wrong."""
        if message.call.purpose == "fetch":
            yield fetched(message)
        elif not 200 <= message.status < 300:
            raise refusal(message)
        elif message.media_type == STREAM:
            yield from _event(message)
        else:
            body = parsed(message)
            if is_error(body):
                raise refusal(message)
            yield from pictures(message, body)


def _mask(mask: Coverage) -> bytes:
    """The dual-coded mask file; packed harder where the fast way comes near the limit of 4 MB."""
    picture = dual_coded(mask)
    data = encode_png(picture)
    return data if len(data) <= ROOMY_MASK else encode_png(picture, level=9)


def _event(message: Message) -> Iterator[Call | Event]:
    if not message.data or message.data.strip() == b"[DONE]":
        return
    try:
        body = parsed(message)
    except AnswerUnusable:
        raise OutcomeUnknown(BROKEN_EVENT, host=host(message)) from None
    if body.get("error") or message.event == "error":
        raise refusal(message)
    name = body.get("type") or message.event
    if "partial_image_index" in body or str(name).endswith(".partial_image"):
        yield from _preview(body)
    elif str(name).endswith(".completed") or (not name and carries_picture(body)):
        yield from pictures(message, body)


def _preview(body: dict[str, object]) -> Iterator[Preview]:
    """A preview that cannot be read is left out: it is no result."""
    index, encoded = body.get("partial_image_index"), body.get("b64_json")
    try:
        data = from_base64(encoded) if isinstance(encoded, str) else b""
    except ValueError:
        return
    if data:
        yield Preview(index if isinstance(index, int) else 0, data)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
