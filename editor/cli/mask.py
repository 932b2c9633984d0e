"""frisket mask: any mask to the exact one, in the size of its picture."""

from __future__ import annotations

import argparse
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from editor.cli.output import Output
from editor.cli.parser import add_json, new, spare
from editor.cli.pictures import how_read
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.exchange import LEVEL, ONE_LEVEL, OTHER_SHAPE, Found, Polarity, from_raster, to_png
from editor.mask.lint import Finding, findings
from editor.mask.plane import Coverage
from editor.storage.atomic import write

ABOUT = (
    "Read any mask (transparent or painted, black and white, either polarity) for a picture and\n"
    "write the exact one: what may change is white and transparent, the rest black and opaque."
)
MORE = """\
What the mask marks is found out by itself, and told. A mask of another size is scaled where
its shape is that of IMAGE, or of the part that --at names.

examples:
  frisket mask photo.jpg --from painted.png --out mask.png
  frisket mask photo.jpg --from painted.png --lint
  frisket mask photo.jpg --from of_the_face.png --at 900,300,512,512 --soft --out mask.png"""

_SAYS_MORE: Mapping[str, str] = {
    OTHER_SHAPE: "The mask is {mask} and has to fit {picture}: the shapes differ, so nothing was "
    "written; --stretch scales it all the same.",
    ONE_LEVEL: "The mask is the same all over, so it does not say what may change and nothing "
    "was written; --polarity says it.",
}
"""What is told here in the place of a sentence that knows no flags."""

ODD = 3
"""Exit code of --lint where something is rarely meant, as for other input that is no good."""


def run(argv: Sequence[str]) -> int:
    """Write the mask; 0 when it is there, ODD when --lint warns of it."""
    parser = _parser()
    arguments = parser.parse_intermixed_args(argv)
    _check_out(parser, arguments)
    with closing(Pool()) as pool:
        picture, size = _picture(pool, arguments.image, whole=arguments.lint)
        for name, rect in (("--at", arguments.at), ("--window", arguments.window)):
            if rect is not None and (rect.empty or rect.clipped(size) != rect):
                across, down = size
                parser.error(f"{name} must lie on the picture, which is {across} x {down}")
        mask = _mask(pool, arguments, size)
    window = arguments.window
    part = mask.coverage if window is None else mask.coverage[window.rows_cols]
    if arguments.out is not None:
        grey = arguments.coding == "grey"
        write(arguments.out, to_png(part, soft=arguments.soft, grey=grey))
    odd = findings(mask.coverage, picture) if arguments.lint else ()
    _tell(Output(as_json=arguments.json), mask, part, arguments.out or arguments.file, odd)
    return ODD if any(finding.level == "warn" for finding in odd) else 0


def _check_out(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """End with a usage error unless what is to be written can be, and takes nothing's place."""
    out: Path | None = arguments.out
    if out is not None:
        spare(parser, out, arguments.image, arguments.file)
        if out.suffix.lower() != ".png":
            parser.error(f"the mask is written as PNG, so --out must end in .png, not {out.name}")
    elif not arguments.lint:
        parser.error("say where the mask is written with --out M.png")
    elif arguments.window is not None:
        parser.error("--window says which part is written, so it needs --out M.png")


def _parser() -> argparse.ArgumentParser:
    parser = new("mask", ABOUT, MORE)
    parser.add_argument("image", type=Path, metavar="IMAGE", help="The picture it belongs to.")
    add = parser.add_argument
    add("--from", dest="file", type=Path, required=True, metavar="FILE", help="The mask to read.")
    add("--out", type=Path, metavar="M.png", help="Where the mask is written, as PNG.")
    lint = f"Tell what is odd, and end with {ODD} where it is rarely meant; --out may be left out."
    add("--lint", action="store_true", help=lint)
    soft = "Keep every level of soft edges; else what is at half or above may change, the rest not."
    add("--soft", action="store_true", help=soft)
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
    """Four whole numbers: left, top, width, height. Raises ArgumentTypeError."""
    try:
        left, top, width, height = map(int, words.split(","))
    except ValueError:
        said = "four whole numbers are meant, left, top, width and height, as in 10,20,300,200"
        raise ArgumentTypeError(said) from None
    return Rect(left, top, left + width, top + height)


def _picture(pool: Pool, path: Path, *, whole: bool) -> tuple[Raster | None, Size]:
    """The picture, as far as it is needed, and its size. Raises InputProblem."""
    data = read_file(path)
    if not whole:
        return None, pool.inspect(data, path.name).size
    raster = pool.open(data, path.name).raster
    return raster, raster.size


def _mask(pool: Pool, arguments: argparse.Namespace, size: Size) -> Found:
    path, at, stretch = arguments.file, arguments.at, arguments.stretch
    raster = pool.open(read_file(path), path.name).raster
    polarity = Polarity(arguments.polarity) if arguments.polarity else None
    try:
        found = from_raster(raster, size, polarity=polarity, window=at, stretch=stretch)
    except InputProblem as problem:
        if problem.template not in _SAYS_MORE:
            raise
        raise InputProblem(_SAYS_MORE[problem.template], details="", **problem.values) from None
    if arguments.invert:
        other = found.polarity.other
        found = from_raster(raster, size, polarity=other, window=at, stretch=stretch)
    return found


def _tell(output: Output, found: Found, part: Coverage, path: Path, odd: Sequence[Finding]) -> None:
    """Tell how the mask was read, and of what was written of it, in which all is counted."""
    rows, cols = part.shape
    edited = int(np.count_nonzero(part >= LEVEL))
    record = {
        "file": str(path),
        "ok": True,
        "width": cols,
        "height": rows,
        "polarity": found.polarity.value,
        "fitted_from": found.fitted_from,
        "edited": edited,
        "protected": int(np.count_nonzero(part == 0)),
        "findings": [
            {"level": finding.level, "text": str(finding), "fix": list(map(list, finding.fix))}
            for finding in odd
        ],
    }
    share = 100 * edited / part.size
    output.note(how_read(found))
    lines = [f"{path}: {share:.3g} % of {cols} x {rows} may change", *map(str, odd)]
    output.result("\n    ".join(lines), record)
