"""What the loopback provider insists on, as strictly as the strictest provider known."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, UnidentifiedImageError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from tests.fakes.redraw import opened

FREE_SIZES = (
    "gpt-image-2",
    "gpt-image-2.5-sunburst",
    "gpt-image-2.5-flare",
    "gpt-image-2.6-sunburst",
    "gpt-image-2.6-flare",
)
FIXED_SIZES = ("gpt-image-1.5", "gpt-image-1-mini")
THREE = {(1024, 1024), (1536, 1024), (1024, 1536)}

LADDER = {"auto", "low", "medium", "high"}
WORDS = {
    "background": {"auto", "opaque", "transparent"},
    "output_format": {"png", "jpeg", "webp"},
    "input_fidelity": {"low", "high"},
    "moderation": {"auto", "low"},
    "complexity": {"auto", "low", "medium", "high"},
    "stream": {"true", "false"},
}
NUMBERS = {"n": (1, 10), "output_compression": (0, 100), "partial_images": (0, 3)}
FREE = {"model", "prompt", "size", "quality", "user", "safety_identifier"}
KNOWN = FREE | WORDS.keys() | NUMBERS.keys()
ONLY = {"input_fidelity": FIXED_SIZES, "complexity": FREE_SIZES[3:]}


class Broken(Exception):
    """A rule was broken; answered with status 400 and this code."""

    def __init__(self, code: str, message: str, param: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.param = code, message, param


@dataclass(frozen=True)
class Sent:
    """One part of the form as it came."""

    name: str
    content: bytes
    filename: str = ""
    media_type: str = ""


@dataclass(frozen=True)
class Wish:
    """A request that keeps every rule. pictures: the target first, as sent."""

    model: str
    prompt: str
    pictures: Sequence[Image.Image]
    mask: Image.Image | None
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        width, x, height = self.texts.get("size", "auto").partition("x")
        return (int(width), int(height)) if x else self.pictures[0].size


async def parts_of(request: Request) -> AsyncIterator[Sent]:
    """The parts of a multipart form in their order. Raises Broken."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data; boundary="):
        raise Broken("invalid_value", "this is no multipart form")
    try:
        form = await request.form(max_files=20, max_fields=40)
    except MultiPartException as error:
        raise Broken("invalid_value", error.message) from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            yield Sent(name, content, value.filename or "", value.content_type or "")
        else:
            yield Sent(name, value.encode())
    await form.close()


def understood(parts: Sequence[Sent]) -> Wish:
    """The wish in a form. Raises Broken."""
    texts = [part for part in parts if not part.filename]
    files = [part for part in parts if part.filename]
    if list(parts) != texts + files:
        raise Broken("part_order", "text parts come before files")
    values = _texts(texts)
    model = re.sub(r"-\d{4}-\d\d-\d\d$", "", values.get("model", ""))
    if model not in FREE_SIZES + FIXED_SIZES:
        raise Broken("model_not_found", f"The model '{model}' does not exist", "model")
    _check_values(values, model)
    if not 1 <= len(values.get("prompt", "")) <= 32000:
        raise Broken("invalid_value", "prompt has 1 to 32000 characters", "prompt")
    pictures, mask = _pictures(files)
    _check_size(values.get("size", "auto"), model)
    return Wish(model, values["prompt"], pictures, mask, values)


def _texts(parts: Sequence[Sent]) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in parts:
        if part.name in values:
            raise Broken("duplicate_parameter", f"Duplicate parameter: '{part.name}'", part.name)
        if part.name not in KNOWN:
            raise Broken("unknown_parameter", f"Unknown parameter: '{part.name}'.", part.name)
        if part.media_type:
            raise Broken("text_part", "a text part has no media type", part.name)
        values[part.name] = part.content.decode("utf-8")
    return values


def _check_values(values: dict[str, str], model: str) -> None:
    for name, models in ONLY.items():
        if name in values and model not in models:
            raise Broken("unknown_parameter", f"Unknown parameter: '{name}'.", name)
    words = WORDS | {"quality": LADDER | ({"xhigh", "max"} if model in FREE_SIZES[1:] else set())}
    for name, allowed in words.items():
        if values.get(name, next(iter(allowed))) not in allowed:
            raise Broken("invalid_value", f"Invalid value: '{values[name]}'", name)
    for name, (low, high) in NUMBERS.items():
        text = values.get(name, str(low))
        if not text.isdigit() or not low <= int(text) <= high:
            raise Broken("invalid_value", f"Invalid value: '{text}'", name)
    if values.get("n", "1") != "1":
        raise Broken("n_is_one", "this client asks for one picture at a time", "n")
    if "partial_images" in values and values.get("stream") != "true":
        raise Broken("invalid_value", "partial_images needs stream", "partial_images")


def _check_size(text: str, model: str) -> None:
    if text == "auto":
        return
    if not re.fullmatch(r"[1-9]\d*x[1-9]\d*", text):
        raise Broken("invalid_value", f"Invalid size '{text}'.", "size")
    width, height = map(int, text.split("x"))
    fits = (width, height) in THREE
    if model in FREE_SIZES:
        fits = (
            width % 16 == 0 == height % 16
            and max(width, height) <= 3840
            and max(width, height) <= 3 * min(width, height)
            and 655_360 <= width * height <= 8_294_400
        )
    if not fits:
        raise Broken("invalid_value", f"Invalid size '{text}'.", "size")


def _pictures(files: Sequence[Sent]) -> tuple[list[Image.Image], Image.Image | None]:
    images = [part for part in files if part.name != "mask"]
    masks = [part for part in files if part.name == "mask"]
    if not 1 <= len(images) <= 16 or len(masks) > 1:
        raise Broken("invalid_value", "1 to 16 images and one mask", "image")
    if list(files) != images + masks:
        raise Broken("part_order", "the mask comes last", "mask")
    name = "image" if len(images) == 1 else "image[]"
    for number, part in enumerate(images, 1):
        if part.name != name:
            raise Broken("duplicate_parameter", f"one picture is image, more image[]: {part.name}")
        _check_file(part, f"image-{number}.png")
    pictures = [_decoded(part) for part in images]
    if not masks:
        return pictures, None
    _check_file(masks[0], "mask.png")
    return pictures, _checked_mask(_decoded(masks[0]), pictures[0])


def _check_file(part: Sent, filename: str) -> None:
    if part.filename != filename:
        raise Broken("file_name", f"{part.filename} is not the neutral {filename}", part.name)
    if part.media_type != "image/png":
        raise Broken("unsupported_file_mimetype", f"unsupported mimetype {part.media_type}")
    if len(part.content) >= (4_000_000 if part.name == "mask" else 50_000_000):
        raise Broken("image_file_too_large", "the file is too large", part.name)


def _decoded(part: Sent) -> Image.Image:
    try:
        picture = opened(part.content)
    except (UnidentifiedImageError, OSError):
        raise Broken("invalid_image_file", "Invalid image file or mode", part.name) from None
    if picture.format != "PNG":
        raise Broken("invalid_image_file", "the bytes are no PNG", part.name)
    if picture.info:
        told = ", ".join(sorted(map(str, picture.info)))
        raise Broken("metadata", f"the picture carries {told}", part.name)
    return picture


def _checked_mask(mask: Image.Image, picture: Image.Image) -> Image.Image:
    if mask.mode != "RGBA":
        raise Broken("invalid_mask_image_format", "mask image missing alpha channel", "mask")
    if mask.size != picture.size:
        raise Broken("invalid_mask_image_format", "mask size does not match image size", "mask")
    pixels = np.asarray(mask)
    edit = (pixels == (255, 255, 255, 0)).all(axis=2)
    keep = (pixels == (0, 0, 0, 255)).all(axis=2)
    if not (edit | keep).all():
        raise Broken("mask_coding", "the mask is not dual-coded", "mask")
    if not edit.any():
        raise Broken("mask_coding", "the mask edits nothing", "mask")
    return mask
