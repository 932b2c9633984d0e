"""RecipeFile: everything a finished picture came from, as JSON text and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.capability.field import Value
from editor.compose.recipes.json_part import JsonPart, Unfit, parsed
from editor.edits.request import Frame
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size, whole

FORMAT = 2
"""Number of the form that is written; 1 held no mask and could not be replayed."""

_SMALL = 1 << 20
# Pixels; the window of a small picture may be a model's smallest size.

_UNFIT = "{name} is no recipe that can be followed: {place} is missing or wrong."
_OTHER_FORM = "{name} is a recipe of form {form}, and this version follows form {ours} only."


@dataclass(frozen=True, slots=True)
class Named:
    """A file beside the recipe. file: its bare name. sha256: of its bytes, in hex."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """A source or a reference. file: its path as seen from the recipe's folder."""

    file: str
    sha256: str
    size: Size


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for one answer, and what was told about it.

    settings: as the person chose them. requested: as they were sent. effective: what the
    provider says it did. window, sent: the Placement. price: USD, None when unknown.
    """

    provider: str
    model: str
    window: Rect
    sent: Size
    prompt: str = ""
    frame: str = "balanced"
    settings: Mapping[str, Value] = field(default_factory=dict)
    requested: Mapping[str, Value] = field(default_factory=dict)
    effective: Mapping[str, object] = field(default_factory=dict)
    references: tuple[Pictured, ...] = ()
    price: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Join:
    """How the answer was put in: see compose.recipe.Recipe.

    fitted: through compose.fit, not as it lay in its window. let_in, kept_out: masks.
    """

    feather: float
    match: float = 1.0
    fitted: bool = False
    let_in: Named | None = None
    kept_out: Named | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One edit. mask: soft, in the size of the source; None when everything could change."""

    asked: Asked
    answer: Named
    mask: Named | None
    join: Join


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finished picture.

    file: its bare name. pixels: SHA-256 of its samples before they are encoded. protected,
    changed: pixels. region: SHA-256 of the protected samples, which are the source's.
    """

    file: str
    pixels: str
    protected: int
    changed: int
    region: str


@dataclass(frozen=True, slots=True)
class RecipeFile:
    """A finished picture: its source, each edit in order, the result.

    made: UTC in ISO 8601. versions: of the program and its libraries, by name. local: its
    project stays on this computer, and nothing of what it shows was asked anywhere else.
    """

    source: Pictured
    steps: tuple[Step, ...]
    result: Outcome
    made: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    local: bool = False


def to_text(recipe: RecipeFile) -> str:
    """The recipe as JSON, readable by people and by read()."""
    result = recipe.result
    told = {
        "format": FORMAT,
        "made": recipe.made,
        "stays_on_this_computer": recipe.local,
        "source": _pictured(recipe.source),
        "steps": [_step(step) for step in recipe.steps],
        "result": {
            "file": result.file,
            "pixels": result.pixels,
            "protected": result.protected,
            "protected_changed": result.changed,
            "protected_pixels": result.region,
        },
        "versions": dict(recipe.versions),
    }
    return json.dumps(told, indent=2) + "\n"


def read(data: bytes, name: str) -> RecipeFile:
    """The recipe that to_text() wrote, from the bytes of a file of this name.

    Names in it are bare names, digests look like digests, and windows lie on the source.
    Raises InputProblem that names the first part that is missing or wrong.
    """
    try:
        root = parsed(data)
        form = root.whole("format", least=0)
        if form != FORMAT:
            raise InputProblem(_OTHER_FORM, name=name, form=form, ours=FORMAT)
        source = _read_pictured(root.part("source"))
        steps = tuple(_read_step(part, source.size) for part in root.parts("steps"))
        if not steps:
            raise Unfit("steps")
        return RecipeFile(
            source=source,
            steps=steps,
            result=_read_outcome(root.part("result")),
            made=root.text("made"),
            versions=root.texts("versions"),
            local=root.inside.get("stays_on_this_computer") is True,
        )
    except Unfit as fault:
        raise InputProblem(_UNFIT, name=name, place=str(fault)) from fault


def _pictured(picture: Pictured) -> dict[str, object]:
    width, height = picture.size
    return {"file": picture.file, "sha256": picture.sha256, "width": width, "height": height}


def _step(step: Step) -> dict[str, object]:
    asked, join = step.asked, step.join
    return {
        "answer": _named(step.answer),
        "mask": _named(step.mask),
        "provider": asked.provider,
        "model": asked.model,
        "prompt": asked.prompt,
        "settings": dict(asked.settings),
        "requested": dict(asked.requested),
        "effective": dict(asked.effective),
        "references": [_pictured(reference) for reference in asked.references],
        "frame": asked.frame,
        "window": list(asked.window),
        "sent": list(asked.sent),
        "join": {
            "feather": join.feather,
            "match": join.match,
            "fitted": join.fitted,
            "let_in": _named(join.let_in),
            "kept_out": _named(join.kept_out),
        },
        "price": asked.price,
        "seconds": round(asked.seconds, 3),
    }


def _named(named: Named | None) -> dict[str, object] | None:
    return None if named is None else {"file": named.file, "sha256": named.sha256}


def _read_pictured(part: JsonPart) -> Pictured:
    size = Size(part.whole("width", least=1), part.whole("height", least=1))
    return Pictured(part.text("file"), part.digest("sha256"), size)


def _read_named(part: JsonPart, name: str) -> Named | None:
    inner = part.part_or_none(name)
    return None if inner is None else _named_in(inner)


def _named_in(part: JsonPart) -> Named:
    return Named(part.bare_name("file"), part.digest("sha256"))


def _read_step(part: JsonPart, size: Size) -> Step:
    join = part.part("join")
    return Step(
        asked=_read_asked(part, size),
        answer=_named_in(part.part("answer")),
        mask=_read_named(part, "mask"),
        join=Join(
            feather=join.number("feather"),
            match=join.number("match"),
            fitted=join.flag("fitted"),
            let_in=_read_named(join, "let_in"),
            kept_out=_read_named(join, "kept_out"),
        ),
    )


def _read_asked(part: JsonPart, size: Size) -> Asked:
    window = Rect(*part.wholes("window", 4))
    if not _sane(window, size):
        raise Unfit(part.place("window"))
    frame = part.text("frame")
    if frame not in {known.value for known in Frame}:
        raise Unfit(part.place("frame"))
    sent = Size(*part.wholes("sent", 2))
    if min(sent) < 1:
        raise Unfit(part.place("sent"))
    return Asked(
        provider=part.text("provider"),
        model=part.text("model"),
        window=window,
        sent=sent,
        prompt=part.text("prompt"),
        frame=frame,
        settings=part.values("settings"),
        requested=part.values("requested"),
        effective=part.anything("effective"),
        references=tuple(_read_pictured(each) for each in part.parts("references")),
        price=part.number_or_none("price"),
        seconds=part.number("seconds"),
    )


def _sane(window: Rect, size: Size) -> bool:
    """Whether an answer may have been asked for this window; it may reach beyond the source."""
    most = 16 * max(size.area, _SMALL)
    return not window.empty and window.overlaps(whole(size)) and window.size.area <= most


def _read_outcome(part: JsonPart) -> Outcome:
    return Outcome(
        file=part.bare_name("file"),
        pixels=part.digest("pixels"),
        protected=part.whole("protected", least=0),
        changed=part.whole("protected_changed", least=0),
        region=part.digest("protected_pixels"),
    )
