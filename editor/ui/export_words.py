"""What the export panel says: its choices, why some do not count, and what stays exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from editor.compose.assets.manner import SHALLOW, UNTOUCHED, Manner
from editor.ui.controls.message import Tone
from editor.ui.controls.option import Option


def formats() -> list[Option]:
    """The formats, with what is special about them."""
    return [
        Option("", _tr("As the source"), _tr("PNG or TIFF")),
        Option("png", "PNG"),
        Option("tiff", "TIFF"),
        Option("jpeg", "JPEG", _tr("exact before JPEG")),
        Option("webp", "WebP"),
        Option("avif", "AVIF"),
        Option("patch", _tr("Patch"), _tr("PNG, only what changed")),
        Option("cutout", _tr("Cut-out"), _tr("PNG, only what is masked")),
        Option("psd", "PSD", _tr("layers with masks")),
        Option("ora", "OpenRaster", _tr("layers")),
    ]


def sizes(now: int) -> list[Option]:
    """Lengths of the longer side in pixels, the largest first; now: the one that is chosen."""
    known = sorted({4096, 3000, 2048, 1600, 1024, 512, now} - {0}, reverse=True)
    words = _tr("{count} px")
    sizes = [Option(str(size), words.format(count=size)) for size in known]
    return [Option("0", _tr("Full size")), *sizes]


def resolutions(now: int) -> list[Option]:
    """Dots per inch, the fewest first; now: the one that is chosen."""
    known = sorted({72, 150, 240, 300, 600, now} - {0})
    words = _tr("{count} dpi")
    resolutions = [Option(str(dpi), words.format(count=dpi)) for dpi in known]
    return [Option("0", _tr("As the source")), *resolutions]


def unused(manner: Manner) -> Mapping[str, str]:
    """Why a part of the manner does not count with this format, by its name; "" where it does."""
    whole = manner.format in UNTOUCHED
    over = _tr("Layers and patches have the size and colours of the source") if whole else ""
    depth = _tr("sRGB is written at 8 bits") if manner.srgb else ""
    if manner.format in SHALLOW:
        depth = _tr("This format holds 8 bits per channel")
    either = manner.format in {"webp", "avif"}
    lossy = manner.format == "jpeg" or (either and not manner.lossless)
    packed = _tr("OpenRaster has no place for it") if manner.format == "ora" else ""
    return {
        "longest": over,
        "srgb": over,
        "depth": over or depth,
        "lossless": "" if either else _tr("Only with WebP and AVIF"),
        "quality": "" if lossy else _tr("Only with a format that loses detail"),
        "exif": packed,
        "disclosed": packed,
    }


def exact(format: str, steps: Sequence[str]) -> tuple[str, Tone]:
    """What stays as it is, bit for bit. steps: of the export, after which it no longer does."""
    if not steps:
        usual = _tr("Exact: protected pixels stay as they are, bit for bit")
        return _exact().get(format, usual), "ok"
    *first, last = (_steps()[step] for step in steps)
    words = last
    if first:
        words = _tr("{first} and {last}").format(first=", ".join(first), last=last)
    return _tr("Exact before {steps}").format(steps=words), "warn"


def _exact() -> Mapping[str, str]:
    return {
        "patch": _tr("Exact over the source: protected pixels are clear"),
        "cutout": _tr("Exact: what is masked stays as it is, bit for bit"),
    }


def _steps() -> Mapping[str, str]:
    return {
        "size": _tr("scaling"),
        "depth": _tr("8 bits"),
        "srgb": _tr("the conversion to sRGB"),
        "jpeg": "JPEG",
        "webp": "WebP",
        "avif": "AVIF",
    }


def _tr(words: str) -> str:
    return QCoreApplication.translate("ExportPanel", words)
