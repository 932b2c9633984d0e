"""Naming: what a finished asset is called, and a path that nothing has yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

KEPT_FORMATS = {"tiff": ".tif"}
"""Formats of a source that a finished asset keeps; every other becomes PNG."""

TEMPLATE = "{name}_edit"
TOKENS = ("name", "model", "variant", "date", "w", "h")

UNKNOWN = (
    "{token} is no part of a name; use {{name}}, {{model}}, {{variant}}, {{date}}, {{w}}, {{h}}."
)
EMPTY = "The name is empty; write one, or take {{name}}_edit."

_LONGEST_NAME, _LONGEST_STEM = 200, 230
"""Bytes of UTF-8: of the source's name, and of all of it. File systems take 255, and a number
and the suffix come behind."""

_RESERVED = '<>:"/\\|?*'
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# Windows opens a device when a file is called like one.
_EDITED = re.compile(r"_edit(-\d+)?$")
_TOKEN = re.compile(r"\{(\w*)\}")
_GAP = re.compile(r"[_\- ]*\{(\w*)\}")


def default_name(name: str, facts: Facts) -> str:
    """The name of a finished asset: photo.jpg becomes photo_edit.png; TIFF stays TIFF.

    Whatever no file system takes is replaced, and an edit of an edit is not called so twice.
    """
    suffix = KEPT_FORMATS.get(facts.format, ".png")
    return named(TEMPLATE, tokens(name, facts.size), suffix)


def tokens(
    name: str, size: Size, *, model: str = "", variant: str = "", today: date | None = None
) -> dict[str, str]:
    """What fills the places of a template.

    name: of the source's file. size: of the asset. variant: such as "v2". Those that are not
    known are empty.
    """
    return {
        "name": _cut(_EDITED.sub("", Path(name).stem), _LONGEST_NAME),
        "model": model,
        "variant": variant,
        "date": today.isoformat() if today else "",
        "w": str(size.width),
        "h": str(size.height),
    }


def named(template: str, values: Mapping[str, str], suffix: str) -> str:
    """A file name made of a template such as "{name}_{variant}"; always one that can be written.

    A token that stays empty goes with the separator before it. What complaint() complains of
    is left as it is written.
    """

    def fill(found: re.Match[str]) -> str:
        token = found.group(1)
        if values.get(token) == "":
            return ""
        return found.group(0).replace(f"{{{token}}}", values.get(token, f"{{{token}}}"))

    filled = _GAP.sub(fill, template)
    kept = "".join("_" if _unfit(sign) else sign for sign in filled).strip(" .")
    if _EDITED.fullmatch(kept):
        kept = f"picture{kept}"
    if _DEVICES.match(kept):
        kept = f"_{kept}"
    return f"{_cut(kept, _LONGEST_STEM) or 'picture'}{suffix}"


def complaint(template: str) -> InputProblem | None:
    """What is wrong with a template, None when it names something."""
    if not template.strip(" ."):
        return InputProblem(EMPTY)
    unknown = [token for token in _TOKEN.findall(template) if token not in TOKENS]
    return InputProblem(UNKNOWN, token=f"{{{unknown[0]}}}") if unknown else None


def free_path(folder: Path, name: str) -> Path:
    """A path that nothing has yet: name, then name-2, name-3 and so on."""
    path, number = folder / name, 2
    while path.exists() or path.is_symlink():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path


def _cut(words: str, most: int) -> str:
    """No more than so many bytes of UTF-8, in whole characters."""
    return words.encode(errors="replace")[:most].decode(errors="ignore")


def _unfit(sign: str) -> bool:
    return sign in _RESERVED or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
