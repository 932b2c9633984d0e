"""Removal: things pasted onto pictures and taken out again, beside the truth and Telea's filling.

The crops at 100 % lie in out/removal/ afterwards: with the thing, the truth, Telea, then ours.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, codec, cv
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.imaging.removal.fill import PATCH, QUICK, TEXTURE, fill
from editor.imaging.removal.levels import bounding
from tests.fakes.colour_difference import ciede2000
from tests.speed.rows import Row, table

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT.parent / "shared" / "photos"
CROPS = ROOT / "out" / "removal"
MANNERS = {"quick": QUICK, "texture": TEXTURE, "patch": PATCH}
LIMITS = {"quick": 0.150, "texture": 3.0, "patch": 3.0}
# Seconds for a hole of 200 pixels.
ROUNDS = 5

Colours = NDArray[np.uint8]
Hole = NDArray[np.bool_]

PASTED = (
    ("coffee.png", "star", 505, 190, 90),
    ("coffee.png", "ball", 110, 200, 70),
    ("coffee.png", "ball", 430, 270, 60),
    ("chelsea.png", "ball", 395, 60, 60),
    ("chelsea.png", "star", 90, 95, 60),
    ("rocket.jpg", "ball", 400, 90, 90),
    ("rocket.jpg", "pole", 120, 240, 120),
    ("picosdeeuropa_by_Aitzol_Berasategi.jpg", "ball", 2300, 1850, 200),
    ("picosdeeuropa_by_Aitzol_Berasategi.jpg", "star", 1250, 1000, 200),
    ("picosdeeuropa_by_Aitzol_Berasategi.jpg", "pole", 2150, 850, 220),
    ("picosdeeuropa_by_Aitzol_Berasategi.jpg", "ball", 1900, 300, 300),
    ("seeding_by_Clements_Engelhardt.jpg", "ball", 3000, 2300, 400),
    ("seeding_by_Clements_Engelhardt.jpg", "star", 2500, 400, 260),
    ("seeding_by_Clements_Engelhardt.jpg", "pole", 4300, 1900, 500),
    ("gradient", "ball", 500, 400, 200),
    ("bricks", "ball", 500, 400, 200),
    ("stone", "ball", 500, 400, 200),
    ("waves", "star", 500, 400, 200),
)
# Picture, thing, where its middle lies, across and down, and its size.


class Scene(NamedTuple):
    """A picture with a thing in it; truth: as it was before. size: of the thing, in pixels."""

    name: str
    size: int
    given: Colours
    truth: Colours
    hole: Hole


def report() -> list[Row]:
    """Two rows of summary for each manner, then one for each thing that was taken out."""
    CROPS.mkdir(parents=True, exist_ok=True)
    single: list[Row] = []
    differences: dict[str, list[float]] = {name: [] for name in ("Telea", *MANNERS)}
    for scene in scenes():
        rows, found = _taken_out(scene)
        single += rows
        for name, difference in found.items():
            differences[name].append(difference)
    peer = f"Telea {statistics.mean(differences['Telea']):.2f}"
    means = [
        Row(f"{name}: mean CIEDE2000", statistics.mean(differences[name]), peer) for name in MANNERS
    ]
    return [*_times(), *means, *single]


def scenes() -> Iterator[Scene]:
    """Everything pasted; photographs only where they are."""
    for picture, thing, x, y, size in PASTED:
        if picture in GENERATED:
            truth = GENERATED[picture]()
        elif (PHOTOS / picture).exists():
            truth = _photograph(PHOTOS / picture)
        else:
            continue
        given, hole = pasted(truth, thing, x, y, size)
        around = bounding(hole).grown(3 * size)
        view = around.clipped(Size(truth.shape[1], truth.shape[0])).rows_cols
        name = f"{picture.partition('_')[0].partition('.')[0]} {thing} {size} px"
        yield Scene(
            name, size, *(np.ascontiguousarray(part[view]) for part in (given, truth, hole))
        )


def pasted(picture: Colours, thing: str, x: int, y: int, size: int) -> tuple[Colours, Hole]:
    """The picture with a thing on it, and where it was painted over: the thing and its rim."""
    colours, cover = _thing(thing, size)
    place = np.s_[y - size // 2 : y - size // 2 + size, x - size // 2 : x - size // 2 + size]
    result = picture.copy()
    share = cover[..., None]
    result[place] = np.rint(picture[place] * (1 - share) + colours * share)
    painted = np.zeros(picture.shape[:2], np.uint8)
    painted[place] = cover > 0
    return result, cv.dilate(painted, cv.disc(2 + size // 40)) > 0


def _taken_out(scene: Scene) -> tuple[list[Row], dict[str, float]]:
    results = {"Telea": areas.inpaint(scene.given, scene.hole.view(np.uint8), 5)}
    for name, manner in MANNERS.items():
        results[name] = fill(scene.given, scene.hole, manner, _quiet)
    _keep_crops(scene, [scene.given, scene.truth, *results.values()])
    found = {name: _difference(scene, result) for name, result in results.items()}
    energy = {name: _energy(scene, result) for name, result in results.items()}
    peer = f"Telea dE {found['Telea']:.2f}, energy {energy['Telea']:.2f}x"
    rows = []
    for name in MANNERS:
        ours = f"dE {found[name]:.2f}, energy {energy[name]:.2f}x"
        lively = 0.5 <= energy[name] <= 2
        ratio = found[name] / found["Telea"]
        rows.append(Row(f"{scene.name}, {name}", ours, peer, ratio, "energy 0.5-2x", lively))
    return rows, found


def _times() -> list[Row]:
    """Seconds for a disc of 200 pixels on the generated stone, encoded for the answer."""
    scene = next(found for found in scenes() if found.name.startswith("stone"))
    rows = []
    for name, manner in MANNERS.items():
        spent = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            result = fill(scene.given, scene.hole, manner, _quiet)
            codec.encode_png(Raster(cv.reordered(result[400:800, 400:800], "bgr bgra")))
            spent.append(time.perf_counter() - started)
        best, limit = statistics.median(spent), LIMITS[name]
        ours = f"{best * 1e3:.0f} ms (fastest {min(spent) * 1e3:.0f})"
        telea = f"Telea {_telea_time(scene) * 1e3:.0f} ms"
        rows.append(Row(f"{name}, hole of 200 px", ours, telea, 0, f"< {limit} s", best < limit))
    heard: list[float] = []
    started = time.perf_counter()
    fill(scene.given, scene.hole, PATCH.full_size, heard.append)
    ours = f"{time.perf_counter() - started:.1f} s"
    note = f"told its progress {len(heard)} times"
    return [*rows, Row("patch, hole of 200 px at full size", ours, note=note)]


def _telea_time(scene: Scene) -> float:
    started = time.perf_counter()
    areas.inpaint(scene.given, scene.hole.view(np.uint8), 5)
    return time.perf_counter() - started


def _difference(scene: Scene, result: Colours) -> float:
    hole = scene.hole
    return float(ciede2000(result[hole][None], scene.truth[hole][None]).mean())


def _energy(scene: Scene, result: Colours) -> float:
    """Mean squared gradient in the hole, over that of the truth."""

    def energy(picture: Colours) -> float:
        down, across = np.gradient(picture.mean(axis=2))
        return float((down**2 + across**2)[scene.hole].mean())

    return energy(result) / energy(scene.truth)


def _keep_crops(scene: Scene, pictures: list[Colours]) -> None:
    size = Size(scene.hole.shape[1], scene.hole.shape[0])
    view = bounding(scene.hole).grown(scene.size // 2).clipped(size).rows_cols
    strip = np.hstack([picture[view] for picture in pictures])
    data = codec.encode_png(Raster(cv.reordered(np.ascontiguousarray(strip), "bgr bgra")))
    (CROPS / f"{scene.name.replace(' ', '-')}.png").write_bytes(data)


def _quiet(fraction: float) -> None:
    """Nobody looks at the progress."""


def _photograph(path: Path) -> Colours:
    data = path.read_bytes()
    pixels = codec.decode(data, codec.read_facts(data, path.name)).pixels
    return cv.reordered(pixels, "bgra bgr")


def _thing(kind: str, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Colours and cover of a thing that fits into a square."""
    y, x = np.mgrid[:size, :size] + 0.5
    middle = size / 2
    away = np.hypot(x - middle, y - middle) / middle
    if kind == "ball":
        light = np.clip(1.1 - np.hypot(x - 0.35 * size, y - 0.3 * size) / size, 0, 1)
        return np.stack([40 * light, 40 * light + 10, 230 * light], 2), _cover(1 - away, middle)
    if kind == "star":
        rays = 0.55 + 0.4 * np.cos(5 * np.arctan2(y - middle, x - middle))
        return np.stack([200 + 0 * x, 60 + 100 * away, 30 + 0 * x], 2), _cover(rays - away, middle)
    lean = np.abs(x - middle - (y - middle) * 0.15)
    return np.full((size, size, 3), 30.0), _cover(0.08 - lean / size, size)


def _cover(inside: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    cover: NDArray[np.float64] = np.clip(inside * scale, 0, 1)
    return cover


def _gradient() -> Colours:
    y, x = _grid()
    grain = _grain((800, 1000), 2.5)
    return _bytes([200 - y * 0.1 + grain, 150 + x * 0.06 + grain, 90 + y * 0.12 + grain])


def _bricks() -> Colours:
    y, x = _grid()
    joint = (y % 40 < 4) | ((x + (y // 40 % 2) * 50) % 100 < 4)
    rough = cv.gaussian(_grain((800, 1000), 1.0).astype(np.float32), 2.0) * 40
    planes = [
        np.where(joint, one, other) + rough for one, other in ((170, 60), (175, 70), (180, 150))
    ]
    return _bytes([cv.gaussian(plane, 1.0) + _grain((800, 1000), 3) for plane in planes])


def _stone() -> Colours:
    chance = np.random.default_rng(3)
    rough = np.zeros((800, 1000))
    for size in (2, 4, 8, 16, 32):
        cells = chance.normal(0, 1, (800 // size, 1000 // size)).astype(np.float32)
        rough += cv.resize(cells, Size(1000, 800), "cubic") * size**0.6
    return _bytes([90 + rough * 7, 120 + rough * 7, 100 + rough * 3.5])


def _waves() -> Colours:
    y, x = _grid()
    wave = np.sin(y / 9 + np.sin(x / 60) * 2) * 0.5 + 0.5
    grain = _grain((800, 1000), 4)
    return _bytes([120 + 80 * wave + grain, 150 + 50 * wave + grain, 190 + 20 * wave + grain])


def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y, x = np.mgrid[:800, :1000].astype(np.float64)
    return y, x


def _grain(shape: tuple[int, int], strength: float) -> NDArray[np.float64]:
    return np.random.default_rng(7).normal(0, strength, shape)


def _bytes(planes: list[NDArray[np.float64]]) -> Colours:
    return np.clip(np.stack(planes, axis=2), 0, 255).astype(np.uint8)


GENERATED = {"gradient": _gradient, "bricks": _bricks, "stone": _stone, "waves": _waves}


if __name__ == "__main__":
    print(table(report()))
