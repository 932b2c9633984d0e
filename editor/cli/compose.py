"""frisket compose: an answer made elsewhere into its source, inside the mask only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from editor.cli.delivery import finished
from editor.cli.output import Output
from editor.cli.parser import add_json, new, spare
from editor.cli.pictures import mask_from, source_from
from editor.compose.assets.export import Exported
from editor.compose.fitting.fit import fit
from editor.compose.fitting.locate import belonging
from editor.compose.leaking.leak import leak
from editor.compose.recipe import Recipe
from editor.compose.recipes.steps import Composite, Edit
from editor.decoding.pool import Pool
from editor.edits.variant import Variant
from editor.imaging.geometry import whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

ABOUT = (
    "Put ANSWER, any picture made of SOURCE or of a part of it, into SOURCE where the mask says\n"
    "so. It may have any size and is put where it is found to belong. Everything else stays as it\n"
    "was, in the depth and colour profile of SOURCE. The ending of the file names its format."
)


def run(argv: Sequence[str]) -> int:
    """Write the joined picture; 0 when it is there."""
    parser = new("compose", ABOUT)
    add = parser.add_argument
    add("source", type=Path, metavar="SOURCE", help="The picture that is edited.")
    add("answer", type=Path, metavar="ANSWER", help="The picture that was made of it elsewhere.")
    add("--mask", type=Path, required=True, metavar="M", help="What may change, as any mask.")
    add("--out", type=Path, required=True, metavar="F", help="The file to write.")
    add_json(parser)
    arguments = parser.parse_intermixed_args(argv)
    spare(parser, arguments.out, arguments.source, arguments.answer, arguments.mask)
    output = Output(as_json=arguments.json)
    with closing(Pool()) as pool:
        source = source_from(pool, arguments.source)
        answer = source_from(pool, arguments.answer)
        size = source.opened.raster.size
        mask = mask_from(pool, arguments.mask, source)
        output.note(mask.how)
        raster, guess = answer.opened.raster, Placement(whole(size), size)
        placement, said = belonging(source.opened.raster, raster, guess)
        if said:
            output.note(said)
        variant = Variant(
            id="elsewhere",
            job="",
            round="",
            raster=answer.opened.raster,
            placement=placement,
            coverage=mask.coverage,
            base=source.opened.digest,
            provider="elsewhere",
            model="",
        )
        native = pool.native(source.data, source.path.name)
        edit = Edit(variant, Recipe.of(variant))
        done, exported = finished(pool, native, source, [edit], arguments.out)
        told = _leak(source.opened.raster, variant) if arguments.json else {}
    _tell(output, exported, placement, done, told)
    return 0


def _leak(base: Raster, variant: Variant) -> dict[str, object]:
    """What the answer changed outside of the mask, beyond its drift."""
    found = leak(base, variant, fit(base, variant))
    return {
        "over3": round(found.over3, 5),
        "over10": round(found.over10, 5),
        "contained": round(found.contained, 5),
        "returned": found.returned,
        "ignored": found.ignored,
        "cause": found.cause,
    }


def _tell(
    output: Output,
    exported: Exported,
    placement: Placement,
    done: Composite,
    told: dict[str, object],
) -> None:
    said = f"{exported.changed} of {exported.protected:,} protected pixels changed"
    note, report = exported.note or done.note, done.joined[-1].report
    assert report is not None
    lines = [f"{exported.path}: {said}", report.line, note]
    record = {
        "file": str(exported.path),
        "ok": True,
        "window": placement.window,
        "shift": tuple(round(way, 2) for way in report.shift),
        "scale": round(report.scale, 5),
        "colour": round(report.colour, 4),
        "detail": report.detail,
        "fitted": report.fitted,
        "leak": told,
        "bytes": exported.size,
        "protected": exported.protected,
        "protected_changed": exported.changed,
        "note": note,
    }
    output.result("\n    ".join(line for line in lines if line), record)
