"""Pictures and masks as photographs are: drawn here, and read back by other means than ours."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Levels = NDArray[np.uint8]


def scene(width: int, height: int, radius: int = 0) -> NDArray[np.float32]:
    """A soft landscape with grain and a hard disc in its middle: (rows, cols, 3), 0 to 1."""
    chance = np.random.default_rng(1)
    across = np.linspace(0, 3, width, dtype=np.float32)
    down = np.linspace(0, 2, height, dtype=np.float32)[:, None]
    planes = [0.5 + 0.3 * np.sin(across * a + down * b) for a, b in ((1, 2), (2, 1), (1.5, -1))]
    pixels = np.stack([np.broadcast_to(plane, (height, width)) for plane in planes], axis=2)
    grain = chance.normal(0, 0.02, (min(height, 512), min(width, 512), 1)).astype(np.float32)
    tiles = (-(-height // grain.shape[0]), -(-width // grain.shape[1]), 1)
    pixels = pixels + np.tile(grain, tiles)[:height, :width]
    drawn = np.ascontiguousarray(pixels, np.float32)
    middle = (width // 2, height // 2)
    cv2.circle(drawn, middle, radius or min(middle) // 5, (0.9, 0.1, 0.1), -1)
    return np.clip(drawn, 0, 1)


def soft_disc(width: int, height: int, radius: int = 0) -> Levels:
    """Coverage over the disc of a scene: hard inside, soft at the rim, 0 in most places."""
    level = np.zeros((height, width), np.uint8)
    middle = (width // 2, height // 2)
    cv2.circle(level, middle, int(1.2 * (radius or min(middle) // 5)), 255, -1)
    return np.asarray(cv2.GaussianBlur(level, (0, 0), 4.0), np.uint8)


def write_jpeg(path: Path, width: int, height: int, radius: int = 0) -> None:
    """An 8-bit JPEG that lies on its side and says so in its EXIF block."""
    exif = Image.Exif()
    exif[0x0112] = 6
    shrunk = 4 if width * height > 8_000_000 else 1
    pixels = (scene(width // shrunk, height // shrunk, radius // shrunk) * 255).astype(np.uint8)
    pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR))
    lying = np.ascontiguousarray(np.rot90(pixels))  # EXIF 6 turns it back, to the right
    Image.fromarray(lying).save(path, quality=92, exif=exif, dpi=(240, 240))


def write_deep_png(path: Path, width: int, height: int, profile: bytes) -> None:
    """A 16-bit RGB PNG in a colour profile, as a raw converter writes it."""
    deep = (scene(width, height) * 65535).astype(np.uint16)
    done, encoded = cv2.imencode(".png", deep[..., ::-1])
    assert done
    data = encoded.tobytes()
    packed = b"profile\0\0" + zlib.compress(profile)
    chunk = struct.pack(">I", len(packed)) + b"iCCP" + packed
    chunk += struct.pack(">I", zlib.crc32(b"iCCP" + packed))
    head = 8 + 25  # signature and IHDR
    path.write_bytes(data[:head] + chunk + data[head:])


def write_soft_mask(path: Path, coverage: Levels) -> None:
    """A mask as other programs save it: alpha is 255 less the coverage, black everywhere."""
    pixels = np.zeros((*coverage.shape, 4), np.uint8)
    pixels[..., 3] = 255 - coverage
    Image.fromarray(pixels).save(path)


def samples_of(path: Path) -> NDArray[np.generic]:
    """The samples of a finished picture or a source at its own depth, upright, RGB.

    16 bits by OpenCV, 8 bits by Pillow after the turn of EXIF.
    """
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        if data[:8] != b"\x89PNG\r\n\x1a\n" or data[24] != 16:
            return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    deep = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    return deep[..., :3][..., ::-1]


def alpha_of(path: Path) -> Levels:
    """Alpha of a mask file."""
    with Image.open(path) as image:
        return np.asarray(image.getchannel("A"))


def profile_of(path: Path) -> bytes:
    """The colour profile that a file carries."""
    with Image.open(path) as image:
        return bytes(image.info.get("icc_profile", b""))


def changed(source: Path, asset: Path, mask: Path) -> tuple[int, float]:
    """Protected pixels that differ, and the share of differing pixels among the painted ones.

    mask: the soft mask file; what has alpha 255 in it is protected.
    """
    before, after = samples_of(source), samples_of(asset)
    assert before.shape == after.shape
    assert before.dtype == after.dtype
    protected = alpha_of(mask) == 255
    assert protected.shape == before.shape[:2]
    differs = (before != after).any(axis=2)
    return int((differs & protected).sum()), float(differs[~protected].mean())
