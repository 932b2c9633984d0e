"""Model and Provider: what can be asked, and how whoever has it is spoken to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from editor.capability.field import Field, Value
from editor.capability.limits import Limits
from editor.capability.rates import Rates
from editor.errors import InputProblem

Preset = Literal["draft", "final"]
Status = Literal["current", "ending", "gone", "unknown"]
Speech = Literal["", "form-edits", "json-edits", "acedata", "aa"]
Auth = Literal["bearer", "api-key", "key", "none"]
Count = Literal["fan-out", "native"]
ImageField = Literal["auto", "image", "image[]"]
JsonImages = Literal["images", "image", "addresses"]
MaskMode = Literal["dual", "alpha", "grey", "off"]
Polarity = Literal["usual", "inverted"]
ResponseFormat = Literal["omit", "url", "b64_json"]

_VERSION = re.compile("/v[0-9]+(?=/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What one model can do.

    until: its last day, when announced. doubt: why it is not recommended, "" when nothing
    speaks against it. source: where these facts come from. mask: whether a mask is sent.
    presets: settings of the two speeds. prices: None when nobody knows.
    """

    id: str
    label: str
    status: Status = "current"
    until: date | None = None
    doubt: str = ""
    source: str = ""
    fields: tuple[Field, ...] = ()
    limits: Limits = field(default_factory=Limits)
    mask: bool = True
    needs_prompt: bool = True
    needs_mask: bool = False
    presets: Mapping[Preset, Mapping[str, Value]] = field(default_factory=dict, hash=False)
    prices: Rates | None = field(default=None, hash=False)

    def field(self, name: str) -> Field | None:
        """The field of this name, or None."""
        return next((known for known in self.fields if known.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where models live and how they are spoken to.

    engine: "remote", or "offline" for this computer. dialect: a name in providers.table.
    base_url: scheme, host and prefix, without a closing slash, "" when the person must say it;
    path: of the paid call. auth: how the key K travels: "Authorization: Bearer K", "api-key: K",
    "Authorization: Key K" or not at all; headers: sent along as they are. poll: path or absolute
    address where a task is asked for, "" when nobody knows; one with "{task}" in it is a GET.
    check: path of a GET that costs nothing and proves the key, "" when there is none. key_page:
    where keys are made. at_once: paid requests side by side; per_minute: pictures sent in a
    minute, 0 when no budget is known. count: whether several variants are requests of their
    own, or one request with their number. image_field: name of the picture's part; "auto" is
    `image` for one and `image[]` for more. json_images: in a JSON body, a list of objects under
    `images`, an object under `image` when it is only one, or bare addresses under `image`.
    mask_field: name of the mask, "" when none is sent; mask_mode: how it is coded, by alpha, by
    grey, or so that both read it; mask_polarity: usually the clear or white is edited.
    own_alpha: where nothing is painted, it edits what is clear in the picture itself.
    response_format: sent with every request unless "omit". stream: False where streams break.
    unknown: the model that stands in for names not listed here. custom: of the person's own
    folder. note: what is to be known before it is trusted.
    """

    id: str
    label: str
    engine: Literal["remote", "offline"]
    models: tuple[Model, ...]
    dialect: Speech = ""
    base_url: str = ""
    path: str = ""
    auth: Auth = "none"
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    poll: str = ""
    check: str = ""
    key_page: str = ""
    at_once: int = 4
    per_minute: int = 0
    count: Count = "fan-out"
    image_field: ImageField = "auto"
    json_images: JsonImages = "images"
    mask_field: str = "mask"
    mask_mode: MaskMode = "dual"
    mask_polarity: Polarity = "usual"
    own_alpha: bool = False
    response_format: ResponseFormat = "omit"
    stream: bool = True
    custom: bool = False
    note: str = ""
    unknown: Model | None = None

    @property
    def key_name(self) -> str:
        """The environment variable that holds the key."""
        return "FRISKET_KEY_" + self.id.upper().replace("-", "_")

    def url(self, path: str) -> str:
        """The absolute address of a path; a version that base and path both name comes once."""
        if "://" in path:
            return path
        base = self.base_url.rstrip("/")
        version = _VERSION.match(path)
        return (base.removesuffix(version[0]) if version else base) + path

    def model(self, id: str) -> Model:
        """The model of this name; a cautious stand-in when the provider may know it.

        Raises InputProblem when the provider cannot have it.
        """
        for model in self.models:
            if model.id == id:
                return model
        if self.unknown is None or not id.strip():
            known = ", ".join(model.id for model in self.models)
            raise InputProblem(
                "{provider} has no model {model}; it has {known}.",
                provider=self.label,
                model=id,
                known=known,
            )
        return replace(self.unknown, id=id, label=id)
