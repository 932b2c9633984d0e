"""frisket inspect: what each file is, or the one sentence why it cannot be opened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from editor.cli.output import Output
from editor.cli.parser import add_json, new
from editor.decoding.pool import Pool, inspected
from editor.errors import InputProblem
from editor.imaging.facts import Facts

ABOUT = "Decode each file and tell what it is, or in one sentence why it cannot be opened."
NOTHING_OPENED = 3
SOME_OPENED = 7


def run(argv: Sequence[str]) -> int:
    """Inspect files; 0 when all can be opened, 3 when none can, 7 otherwise."""
    parser = new("inspect", ABOUT)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Pictures.")
    add_json(parser)
    arguments = parser.parse_intermixed_args(argv)
    output = Output(as_json=arguments.json)
    opened = 0
    with closing(Pool()) as pool:
        for path in arguments.files:
            found = inspected(pool, path)
            opened += isinstance(found, Facts)
            _tell(output, path, found)
    if opened == len(arguments.files):
        return 0
    return SOME_OPENED if opened else NOTHING_OPENED


def _tell(output: Output, path: Path, found: Facts | InputProblem) -> None:
    if isinstance(found, InputProblem):
        record = {"file": str(path), "ok": False, "problem": str(found)}
        output.result(f"{path}: {found}", record)
        return
    lines = [f"{path}: {described(found)}", *(f"    {note}" for note in found.notes)]
    output.result("\n".join(lines), {"file": str(path), "ok": True, **recorded(found)})


def described(facts: Facts) -> str:
    """A picture in one line for people."""
    width, height = facts.size
    colour = {"rgb": "RGB", "cmyk": "CMYK"}.get(facts.colour, facts.colour)
    parts = [
        {"webp": "WebP"}.get(facts.format, facts.format.upper()),
        f"{width} x {height}",
        f"{facts.depth}-bit {colour}" + (" with alpha" if facts.alpha else ""),
        facts.profile_name or ("unnamed profile" if facts.profile else ""),
        f"{round(facts.dpi[0], 1):g} dpi" if facts.dpi[0] else "",
    ]
    return ", ".join(part for part in parts if part)


def recorded(facts: Facts) -> dict[str, object]:
    """A picture as a record for programs."""
    return {
        "format": facts.format,
        "width": facts.size.width,
        "height": facts.size.height,
        "depth": facts.depth,
        "colour": facts.colour,
        "alpha": facts.alpha,
        "orientation": facts.orientation,
        "dpi": list(facts.dpi),
        "profile": facts.profile_name,
        "frames": facts.frames,
        "notes": list(facts.notes),
    }
