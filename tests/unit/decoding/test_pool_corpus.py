"""Every odd file gives a picture or one sentence; the known ones give the right picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.decoding.pool import Opened, Pool, inspected
from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from tests.fakes.pictures import (
    chunk,
    exif_block,
    grey_profile,
    noise,
    p3_profile,
    png_of,
    saved,
    soft,
)

LONGEST = 160
# Characters of a sentence.

MUTATIONS = 12
# Damaged copies of each generated file: with other bytes, without some, and cut.


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


def judged(found: Facts | InputProblem) -> None:
    if isinstance(found, InputProblem):
        assert 0 < len(str(found)) <= LONGEST
        assert "\n" not in str(found)
    else:
        assert found.size.area > 0


def rgba(opened: Opened) -> np.ndarray:
    return opened.raster.pixels[..., [2, 1, 0, 3]]


@pytest.mark.shared
def test_every_file_is_a_picture_or_a_sentence(pool: Pool, shared: Path) -> None:
    files = sorted(path for path in (shared / "corpus").rglob("*") if path.is_file())
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda path: inspected(pool, path), files))
    for facts in found:
        judged(facts)
    unsafe = [path.name for path, one in zip(files, found, strict=True) if "safely" in str(one)]
    assert unsafe == [], "no decoder has to be ended"
    pictures = sum(isinstance(one, Facts) for one in found)
    assert pictures > 0.85 * len(files), "refusing everything would pass otherwise"


@pytest.mark.shared
def test_legal_pngs_look_as_their_reference(pool: Pool, shared: Path) -> None:
    references = sorted((shared / "corpus" / "pngsuite").glob("*.bmp"))
    for reference in references:
        path = reference.with_suffix(".png")
        opened = pool.open(path.read_bytes(), path.name)
        expected = rgba(pool.open(reference.read_bytes(), reference.name))
        shown = expected[..., 3:] > 0  # what lies under clear pixels is nobody's to say
        apart = np.abs(rgba(opened).astype(int) - expected).max(where=shown, initial=0)
        assert np.array_equal(rgba(opened)[..., 3] > 0, shown[..., 0]), path.name
        assert apart <= (0 if opened.facts.depth == 8 else 1), path.name  # of 16, theirs are cut
    assert len(references) > 150


@pytest.mark.shared
def test_broken_pngs_are_refused(pool: Pool, shared: Path) -> None:
    broken = sorted((shared / "corpus" / "pngsuite").glob("x*.png"))
    assert len(broken) > 10
    for path in broken:
        assert isinstance(inspected(pool, path), InputProblem), path.name


@pytest.mark.shared
@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_every_orientation_looks_alike(pool: Pool, shared: Path, shape: str) -> None:
    folder = shared / "corpus" / "orientation"
    shown = [
        pool.preview((folder / f"{shape}_{turn}.jpg").read_bytes(), "a.jpg", 16).raster.pixels
        for turn in range(9)
    ]
    for pixels in shown:
        assert pixels.shape == shown[1].shape
        assert np.abs(pixels.astype(int) - shown[1]).mean() < 1


@pytest.mark.shared
def test_photographs_are_opened(pool: Pool, shared: Path) -> None:
    for name in ("chelsea.png", "coffee.png", "rocket.jpg"):
        data = (shared / "photos" / name).read_bytes()
        assert pool.open(data, name).raster.size == pool.inspect(data, name).size
        expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        assert np.array_equal(pool.native(data, name).samples, expected)


def generated() -> dict[str, bytes]:
    """One small file of each kind that the corpus holds."""
    frames = [Image.fromarray(soft(12, 10, seed)) for seed in (0, 90)]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    return {
        "rgb.png": saved(soft(30, 20), "PNG", icc_profile=p3_profile(), dpi=(300, 300)),
        "deep.png": png_of(noise(9, 8, 4, depth=16)),
        "grey.png": png_of(noise(9, 8, 2)),
        "turned.jpg": saved(soft(40, 30), "JPEG", exif=b"Exif\0\0" + exif_block(6)),
        "progressive.jpg": saved(soft(40, 30), "JPEG", progressive=True),
        "inks.jpg": saved(soft(16, 16), "JPEG", "CMYK"),
        "plain.webp": saved(soft(16, 16), "WEBP"),
        "strips.tif": saved(soft(30, 20), "TIFF", compression="tiff_lzw"),
        "grey.tif": saved(soft(30, 20), "TIFF", "L", icc_profile=grey_profile()),
        "palette.bmp": saved(soft(30, 20), "BMP", "P"),
        "moving.gif": moving.getvalue(),
        "some.avif": saved(soft(16, 16), "AVIF"),
    }


@pytest.mark.parametrize("name", generated())
def test_damaged_files_are_a_picture_or_a_sentence(pool: Pool, name: str, tmp_path: Path) -> None:
    data = generated()[name]
    chance = np.random.default_rng(len(data))
    for _ in range(MUTATIONS):
        for damaged in mutated(data, chance):
            (tmp_path / name).write_bytes(damaged)
            judged(inspected(pool, tmp_path / name))


def mutated(data: bytes, chance: np.random.Generator) -> Iterator[bytes]:
    at, length = int(chance.integers(8, len(data))), int(chance.integers(1, 9))
    yield data[:at]
    yield data[:at] + chance.bytes(length) + data[at + length :]
    yield data[:at] + data[at + length :]
    yield data[:at] + bytes(len(data) - at)


@pytest.mark.parametrize(
    "name", ["rgb.png", "deep.png", "turned.jpg", "progressive.jpg", "plain.webp", "strips.tif"]
)
def test_no_file_is_opened_when_its_end_is_missing(pool: Pool, name: str, tmp_path: Path) -> None:
    data = generated()[name]
    for end in {1, 8, 20, len(data) // 3, len(data) // 2, len(data) - 12, len(data) - 1}:
        (tmp_path / name).write_bytes(data[:end])
        assert isinstance(inspected(pool, tmp_path / name), InputProblem), end


@pytest.mark.parametrize("turn", range(10))
def test_generated_orientations_look_alike(pool: Pool, turn: int) -> None:
    upright = soft(24, 40)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's transposition that turns it back
    lying = Image.fromarray(upright)
    lying = lying.transpose(Image.Transpose(undo[turn])) if turn in undo else lying
    data = saved(np.asarray(lying), "PNG", exif=b"Exif\0\0" + exif_block(turn))
    opened = pool.open(data, "a.png")
    assert opened.facts.size == opened.raster.size == Size(40, 24)
    assert np.array_equal(rgba(opened)[..., :3], upright)


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_few_greys_with_a_clear_one_are_shown_right(pool: Pool, bits: int) -> None:
    """Made by hand, because Pillow writes grey at 8 bits only."""
    most = (1 << bits) - 1
    values = np.arange(16) % (most + 1)
    packed = np.packbits(((values[:, None] >> np.arange(bits)[::-1]) & 1).astype(np.uint8))
    made = png_of(packed[None], (b"tRNS", (1).to_bytes(2, "big")))
    head = (16).to_bytes(4, "big") + (1).to_bytes(4, "big") + bytes([bits, 0, 0, 0, 0])
    opened = pool.open(made[:8] + chunk(b"IHDR", head) + made[33:], "a.png")
    assert np.array_equal(rgba(opened)[0, :, 0], values * 255 // most)
    assert np.array_equal(rgba(opened)[0, :, 3], np.where(values == 1, 0, 255))
