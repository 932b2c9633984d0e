"""Draws the sample picture: a lake between misty ridges at dusk, and a balloon to take out.

Run from the project's folder: python resources/samples/draw.py. The same numbers always draw
the same picture; nothing in it comes from anywhere else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from editor.imaging import codec, cv  # noqa: E402 - found beside the script, installed or not
from editor.imaging.geometry import Size  # noqa: E402 - the same

Grid = NDArray[np.float32]
"""(rows, cols), or (rows, cols, 3) RGB; light from 0.0 to 1.0."""

SIZE = Size(2400, 1600)
SEED = 20
SHORE = 1190
# Row where the lake begins.
SUN = (1560.0, 640.0)
BALLOON = (655.0, 392.0)
BALLOON_RADIUS = 128.0
QUALITY = 92

SKY = ((0, "#2d4a6b"), (330, "#6f7f9b"), (560, "#c79a97"), (730, "#f0bd91"), (900, "#fbdcab"))
RIDGES = (
    # row, height, roughness, colour of the crest, colour of the haze at its foot, trees
    (770, 120, 0.46, "#b9929b", "#f0c4a0", 0),
    (850, 150, 0.48, "#96808f", "#e2b09a", 0),
    (935, 150, 0.50, "#6d6a80", "#c4999a", 2),
    (1030, 160, 0.52, "#474f69", "#957f8e", 5),
    (1120, 140, 0.54, "#2a3850", "#5d5f76", 9),
)


def main() -> None:
    """Write sample.jpg beside this file."""
    chance = np.random.default_rng(SEED)
    land = scene(chance)
    picture = graded(finished(land, chance), chance)
    levels = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    data = codec.saved(levels, "JPEG", quality=QUALITY, subsampling=0)
    (HERE / "sample.jpg").write_bytes(data)


def scene(chance: np.random.Generator) -> Grid:
    """Sky and ridges down to the shore, without the lake."""
    picture = sky(chance)
    for index, ridge in enumerate(RIDGES):
        picture = with_ridge(picture, ridge, index, chance)
    return picture


def sky(chance: np.random.Generator) -> Grid:
    """A gradient with thin clouds, lit around the sun."""
    rows, cols = places()
    picture = gradient(rows, SKY)
    away = np.hypot((cols - SUN[0]) / 1.25, rows - SUN[1])
    streaks = 0.6 * fractal(chance, (2, 15), 6, 0.55) + 0.4 * fractal(chance, (7, 24), 5, 0.6)
    veil = smooth(streaks, 0.50, 0.72) * smooth(rows, 40, 330) * smooth(rows, 800, 420)
    warm = np.exp(-away / 620)
    cloud = rgb("#f4c7a6") * warm[..., None] + rgb("#a79bb0") * (1 - warm[..., None])
    picture = mixed(picture, cloud, 0.5 * veil)
    picture = mixed(picture, rgb("#ffd9a0"), 0.62 * np.exp(-away / 330))
    round_away = np.hypot(cols - SUN[0], rows - SUN[1])
    picture = mixed(picture, rgb("#ffefc9"), 0.5 * np.exp(-((round_away / 140) ** 2)))
    return mixed(picture, rgb("#fff6dd"), 0.96 * smooth(round_away, 58, 54))


def with_ridge(
    picture: Grid,
    ridge: tuple[int, int, float, str, str, int],
    index: int,
    chance: np.random.Generator,
) -> Grid:
    """One more ridge in front, darker and rougher, with mist at its foot."""
    row, height, rough, crest, haze, trees = ridge
    rows, _ = places()
    line = row - height * (profile(chance, 3 + index, rough) - 0.5) * 2
    depth = rows - line[None, :]
    edge = depth + forest(chance, trees) if trees else depth
    broad = np.repeat(line[None, :].astype(np.float32), 3, axis=0)
    under = rows - cv.gaussian(broad, 150)[1]
    mist = under + 120 * (fractal(chance, (5, 4), 5, 0.5) - 0.5)
    shade = fractal(chance, (6 + 3 * index, 8 + 3 * index), 6, 0.6)
    body = mixed(
        rgb(crest) * np.ones((1, 1, 3), np.float32), rgb(haze), smooth(mist, 0, 1.5 * height + 60)
    )
    body = body * (1 + (0.10 + 0.05 * index) * (shade[..., None] - 0.5))
    return mixed(picture, body, np.clip(edge + 0.5, 0, 1))


def finished(land: Grid, chance: np.random.Generator) -> Grid:
    """The land with its lake, the near shore and the balloon."""
    picture = with_lake(with_balloon(land), land, chance)
    return with_near_shore(picture, chance)


def with_balloon(picture: Grid) -> Grid:
    """A red balloon with gores, lit from the side of the sun."""
    rows, cols = places()
    x, y = (cols - BALLOON[0]) / BALLOON_RADIUS, (rows - BALLOON[1]) / BALLOON_RADIUS
    below = np.clip(y, 0, None)
    width = np.where(
        y < 0,
        np.sqrt(np.clip(1 - y * y, 0, 1)),
        np.sqrt(np.clip(1 - (below / 1.32) ** 2, 0, 1)) * (1 - 0.16 * below**2),
    )
    shape = np.clip((width - np.abs(x)) * BALLOON_RADIUS * 0.7 + 0.5, 0, 1) * (y > -1) * (y < 1.24)
    across = np.clip(x / np.maximum(width, 1e-3), -1, 1)
    turn = np.arcsin(across)
    gore = np.floor((turn / np.pi + 0.5) * 11)
    seam = np.abs((turn / np.pi + 0.5) * 11 % 1 - 0.5) * 2
    red = np.where((gore % 2 == 0)[..., None], rgb("#cf3a2b"), rgb("#e4573c"))
    band = smooth(np.abs(y - 0.30), 0.115, 0.10)
    red = mixed(red, rgb("#f6e3c4"), band)
    light = 0.50 + 0.62 * np.clip(0.80 * np.sin(turn + 0.2) + 0.30 * (0.3 - y) + 0.35, 0, 1)
    red = red * (light * (1 - 0.16 * seam**6))[..., None]
    picture = mixed(picture, red, shape)
    for side in (-1, 1):
        rope = np.abs(x - side * (0.075 + 0.11 * smooth(-y, -1.62, -1.2))) * BALLOON_RADIUS
        there = np.clip(1.1 - rope, 0, 1) * (y > 1.22) * (y < 1.60)
        picture = mixed(picture, rgb("#4a3530"), 0.8 * there)
    basket = np.clip((0.105 - 0.012 * (y - 1.58) / 0.2 - np.abs(x)) * BALLOON_RADIUS + 0.5, 0, 1)
    basket = basket * (y > 1.58) * (y < 1.80)
    weave = 0.85 + 0.15 * np.sin(rows * 1.3)
    return mixed(
        picture, rgb("#6b4632") * (weave * (0.8 + 2 * np.clip(x, -0.1, 0.1)))[..., None], basket
    )


def with_lake(picture: Grid, land: Grid, chance: np.random.Generator) -> Grid:
    """The land upside down in slightly moving water."""
    rows, cols = places()
    near = np.clip((rows - SHORE) / (SIZE.height - SHORE), 0, 1)
    long, short = fractal(chance, (5, 60), 3, 0.5) - 0.5, fractal(chance, (40, 300), 3, 0.6) - 0.5
    wave = (long * 60 + short * 46) * (0.12 + near)
    back = np.clip(2 * SHORE - rows + wave * 1.5, 0, SIZE.height - 1)
    aside = np.clip(cols + wave * 0.35, 0, SIZE.width - 1)
    mirrored = cv.remap(
        land, *(np.ascontiguousarray(part, np.float32) for part in (aside, back)), "linear"
    )
    water = mixed(mirrored * 0.86, rgb("#3d4f6b"), 0.16 + 0.22 * near)
    streak = smooth(fractal(chance, (3, 90), 4, 0.5), 0.60, 0.74) * smooth(near, 0.5, 0.0)
    water = mixed(water, rgb("#f3cfae"), 0.28 * streak)
    picture = mixed(picture, water, np.clip(rows - SHORE + 0.5, 0, 1))
    haze = np.exp(-(((rows - SHORE) / 34) ** 2)) * (
        0.55 + 0.6 * (fractal(chance, (4, 2), 4, 0.5) - 0.5)
    )
    return mixed(picture, rgb("#e9bfa4"), np.clip(0.75 * haze, 0, 1))


def with_near_shore(picture: Grid, chance: np.random.Generator) -> Grid:
    """A dark bank at the lower corners, with reeds."""
    _, cols = places()
    left, right = smooth(cols[0], 820, 0), smooth(cols[0], 1750, 2400)
    bank = SIZE.height + 25 - 105 * left - 150 * right - 26 * (profile(chance, 9, 0.55) - 0.5)
    rows, _ = places()
    ground = np.clip(rows - bank[None, :] + 0.5, 0, 1)
    reeds = np.zeros((SIZE.height, SIZE.width), np.float32)
    for _ in range(420):
        low = chance.random() < 0.45
        foot = chance.uniform(0, 620) if low else chance.uniform(1850, 2400)
        blade(reeds, foot, float(bank[int(foot)]) + 18, chance)
    dark = mixed(
        rgb("#141d2a") * np.ones((1, 1, 3), np.float32), rgb("#33364a"), smooth(rows, 1600, 1380)
    )
    return mixed(picture, dark, np.maximum(ground, np.clip(cv.gaussian(reeds, 0.6) * 1.25, 0, 1)))


def blade(mask: Grid, foot: float, ground: float, chance: np.random.Generator) -> None:
    """Draw one reed, bent by the wind, thinner to its tip."""
    height, bend = chance.gamma(6, 14) + 20, chance.normal(0.10, 0.10)
    along = np.linspace(0, 1, int(height * 2))
    x = foot + bend * height * along**2
    y = ground - height * along
    for width in np.linspace(-1.3, 1.3, 6):
        across = np.rint(x + width * (1 - along)).astype(int)
        down = np.rint(y).astype(int)
        there = (across >= 0) & (across < SIZE.width) & (down >= 0) & (down < SIZE.height)
        mask[down[there], across[there]] = 1


def graded(picture: Grid, chance: np.random.Generator) -> Grid:
    """Bloom, a light vignette and the grain of a film."""
    light = np.clip(picture - 0.72, 0, None)
    half = cv.resize(light.astype(np.float32), Size(SIZE.width // 4, SIZE.height // 4), "area")
    bloom = cv.resize(cv.gaussian(half, 14), SIZE, "linear")
    picture = picture + 0.9 * bloom
    rows, cols = places()
    edge = np.hypot((cols / SIZE.width - 0.5) * 1.1, rows / SIZE.height - 0.5)
    picture = picture * (1 - 0.34 * smooth(edge, 0.34, 0.80))[..., None]
    coarse = cv.gaussian(chance.normal(0, 1, (SIZE.height, SIZE.width)).astype(np.float32), 0.8)
    tint = cv.gaussian(chance.normal(0, 1, (SIZE.height, SIZE.width, 3)).astype(np.float32), 0.9)
    strength = 0.026 * (1.15 - 0.6 * np.clip(picture.mean(axis=2, keepdims=True), 0, 1))
    return picture + strength * (coarse[..., None] + 0.5 * tint)


def places() -> tuple[Grid, Grid]:
    """Row and column of every pixel."""
    rows, cols = np.mgrid[: SIZE.height, : SIZE.width].astype(np.float32)
    return rows, cols


def rgb(code: str) -> Grid:
    """A colour of the web, "#rrggbb", as three numbers."""
    return np.array([int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)], np.float32)


def gradient(rows: Grid, stops: tuple[tuple[int, str], ...]) -> Grid:
    """Colours from stop to stop down the picture."""
    heights = [height for height, _ in stops]
    colours = np.array([rgb(code) for _, code in stops])
    down = [np.interp(rows[:, 0], heights, colours[:, channel]) for channel in range(3)]
    return np.repeat(np.stack(down, axis=1)[:, None], SIZE.width, axis=1).astype(np.float32)


def mixed(under: Grid, over: Grid, share: Grid) -> Grid:
    """So much of one colour over another."""
    return (under + (over - under) * share[..., None]).astype(np.float32)


def smooth(value: Grid, low: float, high: float) -> Grid:
    """0 at low, 1 at high, without a corner at either; low may be the larger one."""
    share = np.clip((value - low) / (high - low), 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


def fractal(chance: np.random.Generator, cells: tuple[int, int], octaves: int, gain: float) -> Grid:
    """Noise of many sizes, 0..1 with mean one half; cells: of the largest, across and down."""
    total, weight = np.zeros((SIZE.height, SIZE.width), np.float32), 1.0
    for octave in range(octaves):
        across, down = (min(count << octave, 1200) + 3 for count in cells)
        grid = chance.uniform(-1, 1, (down, across)).astype(np.float32)
        total += weight * cv.resize(grid, SIZE, "cubic")
        weight *= gain
    return np.clip(0.5 + total / (4.2 * float(total.std())), 0, 1).astype(np.float32)


def profile(chance: np.random.Generator, cells: int, gain: float) -> Grid:
    """A line of hills across the picture, 0..1."""
    across = np.arange(SIZE.width) / SIZE.width
    total, weight = np.zeros(SIZE.width), 1.0
    for octave in range(9):
        count = cells << octave
        knots = chance.uniform(-1, 1, count + 3)
        total += weight * np.interp(across * count, np.arange(count + 3), knots)
        weight *= gain
    return (0.5 + total / (4.2 * total.std())).astype(np.float32)


def forest(chance: np.random.Generator, tallest: int) -> Grid:
    """Heights of a line of firs across the picture, in pixels."""
    heights = np.zeros(SIZE.width, np.float32)
    across = np.arange(SIZE.width)
    spacing = max(2.2, tallest * 0.55)
    for middle in np.arange(0, SIZE.width, spacing):
        tall = tallest * chance.uniform(1.2, 4.6)
        place = middle + chance.normal(0, spacing / 2)
        slope = tall / max(1.4, tallest * chance.uniform(0.5, 0.9))
        heights = np.maximum(heights, tall - np.abs(across - place) * slope)
    return heights.astype(np.float32)


if __name__ == "__main__":
    main()
