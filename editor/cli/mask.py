"""frisket mask: any mask to the exact one, in the size of its picture."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from editor.cli.output import Output
from editor.cli.parser import add_json, new, spare
from editor.cli.pictures import MaskFile
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.exchange import LEVEL, OTHER_SHAPE, Polarity, from_raster, to_png
from editor.mask.lint import Finding, findings
from editor.storage.atomic import write

ABOUT = (
    "Read any mask (transparent or painted, black and white, either polarity) for a picture and\n"
    "write the exact one: what may change is white and transparent, the rest black and opaque."
)

STRETCHES = (
    "The mask is {mask} and the picture {picture}: the shapes differ, so nothing was written; "
    "--stretch scales it all the same."
)

ODD = 3
"""Exit code of --lint where something is rarely meant, as for other input that is no good."""


def run(argv: Sequence[str]) -> int:
    """Write the mask; 0 when it is there, ODD when --lint warns of it."""
    parser = _parser()
    arguments = parser.parse_intermixed_args(argv)
    if arguments.out is None and not arguments.lint:
        parser.error("say where the mask is written with --out M.png")
    if arguments.out is not None:
        spare(parser, arguments.image, arguments.out)
    with closing(Pool()) as pool:
        picture, size = _picture(pool, arguments.image, whole=arguments.lint)
        for name, rect in (("--at", arguments.at), ("--window", arguments.window)):
            if rect is not None and (rect.empty or rect.clipped(size) != rect):
                parser.error(f"{name} must lie on the picture, which is {size.width},{size.height}")
        mask = _mask(pool, arguments, size)
    window = arguments.window
    if arguments.out is not None:
        part = mask.coverage if window is None else mask.coverage[window.rows_cols]
        grey = arguments.coding == "grey"
        write(arguments.out, to_png(part, soft=arguments.soft, grey=grey))
    odd = findings(mask.coverage, picture) if arguments.lint else ()
    _tell(Output(as_json=arguments.json), mask, arguments.out or arguments.file, odd)
    return ODD if any(finding.level == "warn" for finding in odd) else 0


def _parser() -> argparse.ArgumentParser:
    parser = new("mask", ABOUT)
    parser.add_argument("image", type=Path, metavar="IMAGE", help="The picture it belongs to.")
    add = parser.add_argument
    add("--from", dest="file", type=Path, required=True, metavar="FILE", help="The mask to read.")
    add("--out", type=Path, metavar="M.png", help="Where the mask is written.")
    lint = f"Tell what is odd, and end with {ODD} where it is rarely meant; --out may be left out."
    add("--lint", action="store_true", help=lint)
    add("--soft", action="store_true", help="Keep soft edges: alpha is 255 less the coverage.")
    kinds = [one.value for one in Polarity]
    marks = "What of the mask may change; found out by itself otherwise."
    add("--polarity", choices=kinds, help=marks)
    add("--invert", action="store_true", help="Swap what may change with what is kept.")
    add("--stretch", action="store_true", help="Scale a mask of another shape as well.")
    place = "The mask is for this part of the picture; the rest is kept."
    add("--at", type=_rectangle, metavar="X,Y,W,H", help=place)
    codings = "dual: alpha and grey, for all readers; grey: black and white, white may change."
    add("--coding", choices=["dual", "grey"], default="dual", help=codings)
    add("--window", type=_rectangle, metavar="X,Y,W,H", help="Write this part only.")
    add_json(parser)
    return parser


def _rectangle(words: str) -> Rect:
    """Four whole numbers: left, top, width, height. Raises ValueError, which is told as usage."""
    left, top, width, height = map(int, words.split(","))
    return Rect(left, top, left + width, top + height)


def _picture(pool: Pool, path: Path, *, whole: bool) -> tuple[Raster | None, Size]:
    """The picture, as far as it is needed, and its size. Raises InputProblem."""
    data = read_file(path)
    if not whole:
        return None, pool.inspect(data, path.name).size
    raster = pool.open(data, path.name).raster
    return raster, raster.size


def _mask(pool: Pool, arguments: argparse.Namespace, size: Size) -> MaskFile:
    path, at, stretch = arguments.file, arguments.at, arguments.stretch
    raster = pool.open(read_file(path), path.name).raster
    polarity = Polarity(arguments.polarity) if arguments.polarity else None
    try:
        found = from_raster(raster, size, polarity=polarity, window=at, stretch=stretch)
    except InputProblem as problem:
        if problem.template != OTHER_SHAPE:
            raise
        raise InputProblem(STRETCHES, details="", **problem.values) from None
    if arguments.invert:
        other = found.polarity.other
        found = from_raster(raster, size, polarity=other, window=at, stretch=stretch)
    return MaskFile(path, found)


def _tell(output: Output, mask: MaskFile, path: Path, odd: Sequence[Finding]) -> None:
    rows, cols = mask.coverage.shape
    edited = int(np.count_nonzero(mask.coverage >= LEVEL))
    record = {
        "file": str(path),
        "ok": True,
        "width": cols,
        "height": rows,
        "polarity": mask.found.polarity.value,
        "fitted_from": mask.found.fitted_from,
        "edited": edited,
        "protected": int(np.count_nonzero(mask.coverage == 0)),
        "findings": [
            {"level": finding.level, "text": str(finding), "fix": list(map(list, finding.fix))}
            for finding in odd
        ],
    }
    share = 100 * edited / mask.coverage.size
    output.note(mask.found.how)
    if mask.found.fitted_from:
        width, height = mask.found.fitted_from
        output.note(f"Fitted from {width} x {height} to {cols} x {rows}.")
    lines = [f"{path}: {share:.3g} % of {cols} x {rows} may change", *map(str, odd)]
    output.result("\n    ".join(lines), record)
