"""frisket mask: any mask to the exact one, in the size of its picture."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from editor.cli.output import Output
from editor.cli.parser import add_json, new, spare
from editor.cli.pictures import MaskFile, mask_from
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.mask.exchange import LEVEL, to_png
from editor.mask.lint import findings
from editor.storage.atomic import write

ABOUT = (
    "Read any mask (transparent or painted, black and white, either polarity) for a picture and\n"
    "write the exact one: what may change is white and transparent, the rest black and opaque."
)


def run(argv: Sequence[str]) -> int:
    """Write the mask; 0 when it is there."""
    parser = new("mask", ABOUT)
    parser.add_argument("image", type=Path, metavar="IMAGE", help="The picture it belongs to.")
    add = parser.add_argument
    add("--from", dest="file", type=Path, required=True, metavar="FILE", help="The mask to read.")
    add("--out", type=Path, metavar="M.png", help="Where the mask is written.")
    add("--lint", action="store_true", help="Tell what is odd about it; --out may be left out.")
    add("--soft", action="store_true", help="Keep soft edges: alpha is 255 less the coverage.")
    add_json(parser)
    arguments = parser.parse_intermixed_args(argv)
    if arguments.out is None and not arguments.lint:
        parser.error("say where the mask is written with --out M.png")
    if arguments.out is not None:
        spare(parser, arguments.image, arguments.out)
    with closing(Pool()) as pool:
        size = pool.inspect(read_file(arguments.image), arguments.image.name).size
        mask = mask_from(pool, arguments.file, size)
    if arguments.out is not None:
        write(arguments.out, to_png(mask.coverage, soft=arguments.soft))
    odd = [str(finding) for finding in findings(mask.coverage)] if arguments.lint else []
    _tell(Output(as_json=arguments.json), mask, arguments.out or arguments.file, odd)
    return 0


def _tell(output: Output, mask: MaskFile, path: Path, odd: list[str]) -> None:
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
        "findings": odd,
    }
    share = 100 * edited / mask.coverage.size
    output.note(mask.found.how)
    if mask.found.fitted_from:
        width, height = mask.found.fitted_from
        output.note(f"Fitted from {width} x {height} to {cols} x {rows}.")
    lines = [f"{path}: {share:.3g} % of {cols} x {rows} may change", *odd]
    output.result("\n    ".join(lines), record)
