"""What the loopback provider insists on, as strictly as the strictest provider known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from PIL import Image, UnidentifiedImageError

from tests.fakes.redraw import opened


class Broken(Exception):
    """A rule was broken; answered as a refusal with this code."""

    def __init__(self, code: str, message: str, param: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.param = code, message, param


@dataclass(frozen=True)
class Sent:
    """One part of a form as it came, or one value of a JSON body in the same shape."""

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

    @property
    def count(self) -> int:
        return int(self.texts.get("n", "1"))

    def drawn_at(self, size: str) -> Wish:
        """The same with this size instead of the one that was asked for; "" leaves it."""
        return replace(self, texts=self.texts | {"size": size}) if size else self


@dataclass(frozen=True)
class Value:
    """What one field may hold. kind: its type in JSON, "word" for a text out of a few.

    span: least and most of a whole number. only: models that take it, all when empty.
    """

    kind: Literal["text", "word", "whole", "flag"] = "text"
    words: frozenset[str] = frozenset()
    span: tuple[int, int] = (0, 0)
    only: tuple[str, ...] = ()


def word(*words: str, only: tuple[str, ...] = ()) -> Value:
    """A text out of a few."""
    return Value("word", frozenset(words), only=only)


def whole(least: int, most: int, *, only: tuple[str, ...] = ()) -> Value:
    """A whole number within bounds."""
    return Value("whole", span=(least, most), only=only)


@dataclass(frozen=True)
class Rules:
    """The rules of one provider.

    values: every field but model, prompt and size. fits: whether a model draws in a width and
    height. old: models that take one square PNG below 4 MB and 1000 characters. own_alpha: a
    picture without a mask must be transparent somewhere. default: the model where none is
    named. also: what else is wrong with the values, told by raising Broken.
    """

    models: frozenset[str]
    values: Mapping[str, Value]
    fits: Callable[[str, int, int], bool]
    old: tuple[str, ...] = ("dall-e-2",)
    most: int = 16
    own_alpha: bool = False
    default: str = ""
    also: Callable[[Mapping[str, str], str], None] = lambda values, model: None


LONGEST_PROMPT, LONGEST_OLD_PROMPT = 32000, 1000
FILE_BYTES, SMALL_BYTES = 50_000_000, 4_000_000


def understood(parts: Sequence[Sent], rules: Rules) -> Wish:
    """Read a request that keeps the rules. Raises Broken."""
    texts = [part for part in parts if not part.filename]
    files = [part for part in parts if part.filename]
    if list(parts) != texts + files:
        raise Broken("part_order", "text parts come before files")
    values = _texts(texts, rules)
    model = values.get("model", rules.default)
    if model not in rules.models:
        raise Broken("model_not_found", f"The model `{model}` does not exist.", "model")
    _check_values(values, model, rules)
    longest = LONGEST_OLD_PROMPT if model in rules.old else LONGEST_PROMPT
    if not 1 <= len(values.get("prompt", "")) <= longest:
        raise Broken("invalid_value", f"prompt has 1 to {longest} characters", "prompt")
    pictures, mask = _pictures(files, model, rules)
    _check_size(values.get("size", "auto"), model, rules)
    return Wish(model, values["prompt"], pictures, mask, values)


def _texts(parts: Sequence[Sent], rules: Rules) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in parts:
        if part.name in values:
            raise Broken("duplicate_parameter", f"Duplicate parameter: '{part.name}'", part.name)
        if part.name not in {"model", "prompt", "size", *rules.values}:
            raise Broken("unknown_parameter", f"Unknown parameter: '{part.name}'.", part.name)
        if part.media_type:
            raise Broken("text_part", "a text part has no media type", part.name)
        values[part.name] = part.content.decode("utf-8")
    return values


def _check_values(values: Mapping[str, str], model: str, rules: Rules) -> None:
    for name, rule in rules.values.items():
        if name not in values:
            continue
        if rule.only and model not in rule.only:
            raise Broken("unknown_parameter", f"Unknown parameter: '{name}'.", name)
        if not _holds(rule, values[name]):
            raise Broken("invalid_value", f"Invalid value: '{values[name]}'", name)
    rules.also(values, model)


def _holds(rule: Value, text: str) -> bool:
    match rule.kind:
        case "word":
            return text in rule.words
        case "flag":
            return text in {"true", "false"}
        case "whole":
            least, most = rule.span
            return text.isdigit() and least <= int(text) <= most
    return True


def _check_size(text: str, model: str, rules: Rules) -> None:
    if text == "auto":
        return
    if not re.fullmatch(r"[1-9]\d*x[1-9]\d*", text):
        raise Broken("invalid_value", f"Invalid size '{text}'.", "size")
    width, height = map(int, text.split("x"))
    if not rules.fits(model, width, height):
        raise Broken("invalid_value", f"Invalid size '{text}'.", "size")


def _pictures(
    files: Sequence[Sent], model: str, rules: Rules
) -> tuple[list[Image.Image], Image.Image | None]:
    images = [part for part in files if part.name != "mask"]
    masks = [part for part in files if part.name == "mask"]
    most = 1 if model in rules.old else rules.most
    if not 1 <= len(images) <= most or len(masks) > 1:
        raise Broken("invalid_value", f"1 to {most} images and one mask", "image")
    if list(files) != images + masks:
        raise Broken("part_order", "the mask comes last", "mask")
    name = "image" if len(images) == 1 else "image[]"
    limit = SMALL_BYTES if model in rules.old else FILE_BYTES
    for number, part in enumerate(images, 1):
        if part.name != name:
            raise Broken("duplicate_parameter", f"one picture is image, more image[]: {part.name}")
        _check_file(part, f"image-{number}.png", limit)
    pictures = [_decoded(part) for part in images]
    if model in rules.old and pictures[0].width != pictures[0].height:
        raise Broken("invalid_image_file", "the picture must be square", "image")
    if not masks:
        if rules.own_alpha and model in rules.old and not _transparent(pictures[0]):
            raise Broken("invalid_image_file", "without a mask it must be transparent", "image")
        return pictures, None
    _check_file(masks[0], "mask.png", SMALL_BYTES)
    return pictures, _checked_mask(_decoded(masks[0]), pictures[0])


def _check_file(part: Sent, filename: str, limit: int) -> None:
    if part.filename != filename:
        raise Broken("file_name", f"{part.filename} is not the neutral {filename}", part.name)
    if part.media_type != "image/png":
        raise Broken("unsupported_file_mimetype", f"unsupported mimetype {part.media_type}")
    if len(part.content) >= limit:
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


def _transparent(picture: Image.Image) -> bool:
    return picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] == 0


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
