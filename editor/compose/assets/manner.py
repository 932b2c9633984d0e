"""Manner: in which form a finished asset is written, and what of it stays exact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, get_args

from editor.compose.assets.naming import TEMPLATE
from editor.compose.patch import working
from editor.errors import TableError
from editor.imaging import metadata, psd
from editor.imaging.facts import Facts

Format = Literal["", "png", "tiff", "jpeg", "webp", "avif", "patch", "cutout", "psd", "ora"]
"""How it is written; "" as the source: TIFF for a TIFF, else PNG. A patch and a cut-out are
PNG, psd and ora hold layers."""

Exif = Literal["kept", "no-place", "none"]

Step = Literal["size", "depth", "srgb", "jpeg", "webp", "avif"]
"""What comes between exact pixels and the file: fewer, fewer levels, other colours, loss."""

SUFFIXES: Mapping[str, str] = {
    "png": ".png",
    "tiff": ".tif",
    "jpeg": ".jpg",
    "webp": ".webp",
    "avif": ".avif",
    "patch": ".png",
    "cutout": ".png",
    "psd": ".psd",
    "ora": ".ora",
}
LAYERED = ("psd", "ora")
UNTOUCHED = (*LAYERED, "patch")
"""Formats that have the size, depth and colours of the source, for they lie over it again."""

SHALLOW = ("jpeg", "webp", "avif")
"""Formats of 8 bits for each channel."""

_BAD = "The preset {id} of the export table has a {field} that is not known."
_RANGES = {"quality": (1, 100), "longest": (0, 65_535), "dpi": (0, 10_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What the person chose.

    name: template of the file's name. longest: pixels of the longer side that are not
    exceeded, 0 for any. srgb: converted, which leaves 8 bits. depth: 8, or 0 for the source's
    own. dpi: written in the place of the source's, 0 for its own. quality: of a lossy file, 1
    to 100. lossless: of WebP and AVIF. disclosed: XMP says that a model made parts of it.
    recipe: what it came from is written beside it. embedded: and told inside of it.
    """

    format: Format = ""
    name: str = TEMPLATE
    longest: int = 0
    srgb: bool = False
    depth: int = 0
    dpi: int = 0
    quality: int = 90
    lossless: bool = True
    exif: Exif = "kept"
    disclosed: bool = False
    recipe: bool = True
    embedded: bool = False

    @property
    def embeds(self) -> bool:
        """Whether the file tells its recipe: never without the files that belong to it."""
        return self.embedded and self.recipe and self.format != "ora"

    def written(self, facts: Facts) -> str:
        """The format for a source, never ""."""
        return self.format or ("tiff" if facts.format == "tiff" else "png")

    def suffix(self, facts: Facts) -> str:
        """The ending of the file; a very long picture is no PSD but a PSB."""
        format = self.written(facts)
        return ".psb" if format == "psd" and psd.is_large(facts.size) else SUFFIXES[format]


@dataclass(frozen=True, slots=True)
class Preset:
    """A manner with a name. label, help: words of the table."""

    id: str
    label: str
    help: str
    manner: Manner


def presets(text: str) -> tuple[Preset, ...]:
    """The presets of a table in TOML. Raises TableError for a value that is not known."""
    return tuple(_preset(dict(told)) for told in tomllib.loads(text)["preset"])


def steps(manner: Manner, facts: Facts) -> tuple[Step, ...]:
    """What a source of these facts goes through on its way into the file; () is exact.

    CMYK, which is never exact, is told apart.
    """
    format = manner.written(facts)
    found: list[Step] = []
    if format in UNTOUCHED:
        return ()
    if 0 < manner.longest < max(facts.size):
        found.append("size")
    if facts.depth == 16 and (manner.srgb or manner.depth == 8 or format in SHALLOW):
        found.append("depth")
    if manner.srgb and metadata.to_srgb(working(facts.profile), "RGB") is not None:
        found.append("srgb")
    if format == "jpeg":
        found.append("jpeg")
    elif format == "avif" and not manner.lossless:
        found.append("avif")
    elif format == "webp" and not manner.lossless:
        found.append("webp")
    return tuple(found)


def _preset(told: dict[str, Any]) -> Preset:
    id, label, help = (str(told.pop(name)) for name in ("id", "label", "help"))
    known = {field.name: field.default for field in fields(Manner)}
    for name, value in told.items():
        default = known.get(name, MISSING)
        least, most = _RANGES.get(name, (value, value))
        if type(value) is not type(default) or not least <= value <= most:
            raise TableError(_BAD, id=id, field=name)
        choices = {"format": get_args(Format), "exif": get_args(Exif), "depth": (0, 8)}.get(name)
        if choices and value not in choices:
            raise TableError(_BAD, id=id, field=name)
    return Preset(id, label, help, Manner(**told))
