"""The finished asset as a file: PNG, JPEG, WebP, TIFF or AVIF with the source's metadata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from editor.imaging import codec, colorimetry, cv, deep, exif, icc, png, tiff, xmp
from editor.imaging.facts import Facts
from editor.imaging.raster import Native, Samples

_JPEG_EXIF = 65_527
# One segment holds no more.


@dataclass(frozen=True, slots=True)
class Finish:
    """What the pixels do not say.

    quality: of a lossy file, 1 to 100. lossless: of WebP and AVIF. xmp: a packet, empty for none.
    level: how hard a PNG is packed, see `editor.imaging.png`. Measured on photographs, 4 takes
    half the time of 6 for 7 % more bytes, and 1 a seventh of that of 4 for 7 % more again.
    """

    quality: int = 95
    lossless: bool = True
    xmp: bytes = b""
    level: int = 4


PLAIN = Finish()


def encode(native: Native, facts: Facts, format: str, finish: Finish = PLAIN) -> bytes:
    """A picture as a file of format "png", "jpeg", "webp", "tiff" or "avif".

    facts: of the source, for resolution and EXIF; the turn is set to upright and the old
    thumbnail dropped. The profile is the native's. A grey source whose channels are still
    equal is written grey. PNG and TIFF keep 16 bits; the others are 8, and JPEG lays clear
    parts over white.
    """
    writers: dict[str, Callable[[Samples, bytes, Facts, Finish], bytes]] = {
        "png": _png,
        "webp": _webp,
        "tiff": _tiff,
        "jpeg": _jpeg,
        "avif": _avif,
    }
    samples, profile = native.samples, native.profile
    if _stays_grey(native, facts, format):
        samples, profile = samples[..., [0, 3][: samples.shape[2] - 2]], facts.profile
    return writers[format](samples, profile, facts, finish)


def _stays_grey(native: Native, facts: Facts, format: str) -> bool:
    """Whether the file can be as grey as its source: nothing is lost and the format can."""
    if facts.colour != "grey" or icc.space(facts.profile) not in {"", "grey"}:
        return False
    if format in {"webp", "avif"} or (format == "tiff" and native.samples.shape[2] == 4):
        return False
    first, second, third = (native.samples[..., channel] for channel in range(3))
    return bool(np.array_equal(first, second) and np.array_equal(second, third))


def _png(samples: Samples, profile: bytes, facts: Facts, finish: Finish) -> bytes:
    chunks = [png.profile(profile)] if profile else []
    if facts.colours and profile == facts.profile:
        chunks = colorimetry.chunks(facts.colours)  # one statement, the source's own
    if all(facts.dpi):
        chunks.append(png.resolution(facts.dpi))
    block = exif.settled(facts.exif)
    if block:
        chunks.append(png.exif(block))
    if finish.xmp:
        chunks.append(xmp.chunk(finish.xmp))
    return png.encode(samples, level=finish.level, chunks=chunks)


def _jpeg(samples: Samples, profile: bytes, facts: Facts, finish: Finish) -> bytes:
    block = exif.settled(facts.exif)
    if len(block) > _JPEG_EXIF:
        block = b""
    told = _told(profile, b"Exif\0\0" + block if block else b"", finish)
    if all(facts.dpi):
        told["dpi"] = facts.dpi
    flat = _over_white(_shallow(samples))
    # Pillow knows no table above 95 that is worth its bytes.
    return codec.saved(flat, "JPEG", quality=min(finish.quality, 95), subsampling=0, **told)


def _webp(samples: Samples, profile: bytes, facts: Facts, finish: Finish) -> bytes:
    told = _told(profile, exif.settled(facts.exif), finish)
    if finish.lossless:
        return codec.saved(_shallow(samples), "WEBP", lossless=True, exact=True, **told)
    return codec.saved(_shallow(samples), "WEBP", quality=finish.quality, **told)


def _avif(samples: Samples, profile: bytes, facts: Facts, finish: Finish) -> bytes:
    """Pillow turns RGB into other colours even at quality 100, so what is exact is OpenCV's."""
    block, flat = exif.settled(facts.exif), _shallow(samples)
    if finish.lossless:
        order = "rgb bgr" if flat.shape[2] == 3 else "rgba bgra"
        bgr = cv.reordered(flat, order)
        return cv.exact_avif(bgr, profile=profile, exif=block, xmp=finish.xmp)
    options = _told(profile, block, finish)
    return codec.saved(flat, "AVIF", quality=finish.quality, subsampling="4:4:4", **options)


def _tiff(samples: Samples, profile: bytes, facts: Facts, finish: Finish) -> bytes:
    block = exif.settled(facts.exif)
    picture = samples if samples.shape[2] > 1 else samples[..., 0]
    return tiff.encode(picture, profile=profile, dpi=facts.dpi, exif=block, xmp=finish.xmp)


def _told(profile: bytes, block: bytes, finish: Finish) -> dict[str, object]:
    """Pillow's own names for what goes beside the pixels, without those that are empty."""
    options = {"icc_profile": profile, "exif": block, "xmp": finish.xmp}
    return {name: content for name, content in options.items() if content}


def _shallow(samples: Samples) -> NDArray[np.uint8]:
    if samples.dtype == np.uint16:
        return deep.shallow(cast("deep.Deep", samples))
    return cast("NDArray[np.uint8]", samples)


def _over_white(samples: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey as one plane or RGB, as the picture looks on white paper."""
    colours = samples.shape[2]
    if colours in {2, 4}:
        alpha = samples[..., -1:].astype(np.uint16)
        mixed = (samples[..., :-1] * alpha + 255 * (255 - alpha) + 127) // 255
        samples = mixed.astype(np.uint8)
    return samples if colours > 2 else samples[..., 0]
