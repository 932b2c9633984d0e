"""frisket edit: one wish for one picture, from its files to finished assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from editor.capability.flags import flag
from editor.capability.price import estimate, of_answer
from editor.capability.provider import Model
from editor.capability.values import why_off
from editor.cli import wish as wishes
from editor.cli.delivery import Delivered, Delivery
from editor.cli.earlier import Earlier
from editor.cli.output import Output
from editor.cli.pictures import Source, mask_from, reference_from, source_from
from editor.cli.round import Course, Round, together, variants
from editor.cli.settling import keep_unusable, settle, told_of
from editor.cli.spending import Spending
from editor.cli.table import table
from editor.cli.wish import Wish
from editor.decoding.pool import Pool
from editor.edits.batch import split
from editor.edits.check import Trouble, problems
from editor.edits.events import Picture
from editor.edits.framing import Framed, frame
from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.edits.variant import Variant, answer_to
from editor.engine.choose import engine_for
from editor.engine.lane import pace_of
from editor.engine.ledger import Ledger
from editor.errors import CannotWrite, InputProblem, NotSent, Problem
from editor.imaging.raster import Raster
from editor.mask.clear import clear_in
from editor.mask.plane import Coverage
from editor.providers.wish import takes_mask
from editor.storage.names import shown_name
from editor.transport.scrub import scrubbed

UNFIT = "This edit cannot be asked for; nothing was sent: {reasons}."
STOPPED = "The edit was stopped before it was sent; nothing was charged."
CLEAR = "No mask was given, so what is transparent in {name} is the mask."
NOT_CLEAR = (
    "{name} has no transparent part that could be its mask; nothing was sent. "
    "Say what may change with --mask M.png."
)
UNMASKED = "No mask is sent along; what you did not paint stays as it is all the same."
FEWER = "Of {asked} pictures that were asked for, {came} came."
SO_FAR = "This month has cost ${month:.2f} so far."


def run(argv: Sequence[str]) -> int:
    """Carry out the edit; 0 when every variant is written, 7 when only some are."""
    catalog = table()
    wish = wishes.read(argv, catalog)
    asks = wish.provider.engine == "remote"
    output = Output(as_json=wish.as_json)
    with (
        closing(Pool()) as pool,
        closing(Ledger()) as ledger,
        closing(Spending(catalog, anyway=wish.over_cap)) as spending,
    ):
        ledger.adopt()
        there = catalog.having(wish.provider)
        Earlier(ledger, there, pool, spending, output, asks).tell()
        code = _carried_out(wish, output, pool, ledger, spending)
        if asks:
            output.note(SO_FAR.format(month=spending.month))
        return code


def _carried_out(wish: Wish, output: Output, pool: Pool, ledger: Ledger, spending: Spending) -> int:
    side = wish.model.limits.side
    references = (reference_from(pool, path, side) for path in wish.images[1:])
    sources = (source_from(pool, wish.images[0]), *references)
    request = _request(wish, sources, _mask(wish, sources[0], pool, output))
    check(request, wish.model)
    requests = split(request, wish.count, together=wish.provider.count == "native")
    framed = frame(requests[0], wish.model)
    delivery = Delivery(pool, sources, wish.out, embed=wish.embed)
    asset = str(delivery.free().resolve())
    engine = engine_for(wish.provider, wish.model, ledger, asset=asset)
    _announce(wish, framed, output)
    tasks = variants(framed, requests)
    spending.allow(tasks)
    codes = []
    round = Round(output.note, pace=pace_of(wish.provider), ended=spending.ended)
    with (
        told_of(ledger, [task.job.id for task in tasks]),
        closing(round.carry_out(engine, tasks)) as courses,
    ):
        for course in courses:
            ended = _ended(course, framed, wish, delivery, output)
            if not any(ended):
                settle(ledger, course.job.id)
            elif course.pictures and CannotWrite.exit_code not in ended:
                keep_unusable(ledger, course.job.id)
            codes += ended
    return together(codes)


def _mask(wish: Wish, target: Source, pool: Pool, output: Output) -> Coverage | None:
    """What may change, and how it was found; None for everything. Raises InputProblem."""
    if wish.own_alpha:
        clear = clear_in(target.opened.raster)
        if clear is None:
            raise InputProblem(NOT_CLEAR, name=shown_name(target.path.name))
        output.note(CLEAR.format(name=shown_name(target.path.name)))
        return clear
    if wish.mask is None:
        return None
    mask = mask_from(pool, wish.mask, target)
    output.note(mask.how)
    return mask.coverage


def _request(wish: Wish, sources: tuple[Source, ...], coverage: Coverage | None) -> EditRequest:
    target, *references = (source.opened for source in sources)
    return EditRequest(
        source=target.raster,
        coverage=coverage,
        prompt=wish.prompt,
        provider=wish.provider.id,
        model=wish.model.id,
        references=tuple(reference.raster for reference in references),
        settings=wish.settings,
        frame=wish.frame,
        base=target.digest,
    )


def check(request: EditRequest, model: Model) -> None:
    """Raise InputProblem with every reason why the edit would fail."""
    reasons = [_reason(trouble, model) for trouble in problems(request, model)]
    if reasons:
        raise InputProblem(UNFIT, reasons="; ".join(reasons))


def _reason(trouble: Trouble, model: Model) -> str:
    field = model.field(trouble.field)
    better = "" if trouble.fix is None else f" ({trouble.fix} would do)"
    if field and trouble.fix == field.default:
        better = " (leave it out)"
    return f"{flag(field) if field else trouble.field}: {trouble.sentence.rstrip('.')}{better}"


def _announce(wish: Wish, framed: Framed, output: Output) -> None:
    """Tell what is about to be done, and what it may cost."""
    window, sent = framed.placement.window, framed.placement.sent
    scale = "at 1:1" if window.size == sent else f"scaled to {sent.width} x {sent.height}"
    size = f"{window.size.width} x {window.size.height}"
    where = "in all" if framed.request.coverage is None else "around the mask"
    output.note(f"{wish.model.label} gets {size} pixels {where}, {scale}.")
    for line in (*_doubts(wish), *_left_out(wish, framed)):
        output.note(line)
    prompt = wish.model.field("prompt")
    if wish.prompt and prompt and prompt.off:
        output.note(prompt.off)
    if wish.provider.engine == "remote":
        pictures = 1 + len(framed.references)
        price = estimate(wish.model, framed.settings, sent, pictures)
        cost = "at an unknown price" if price is None else f"for about ${price * wish.count:.3f}"
        together = wish.provider.count == "native"
        wanted = "once" if together or wish.count == 1 else f"{wish.count} times"
        pictures_of_one = f" for {wish.count} pictures" if together else ""
        place = scrubbed(wish.provider.base_url)
        output.note(f"Asking {place} {wanted}{pictures_of_one} {cost}.")


def _doubts(wish: Wish) -> Iterator[str]:
    """Why what was asked for is usually left alone."""
    if wish.model.doubt:
        yield f"{wish.model.label}: {wish.model.doubt}"
    for field in wish.model.fields:
        if field.doubt and wish.settings.get(field.name, field.default) != field.default:
            yield f"{field.label}: {field.doubt}"


def _left_out(wish: Wish, framed: Framed) -> Iterator[str]:
    """What was asked for and does not go out."""
    for field in wish.model.fields:
        chosen = wish.settings.get(field.name, field.default) != field.default
        if chosen and (reason := why_off(field, wish.model, wish.settings)):
            yield f"{flag(field)} is not sent. {reason}"
    painted = framed.request.coverage is not None and wish.provider.engine == "remote"
    if painted and not takes_mask(framed, wish.provider, wish.model):
        yield UNMASKED


def _ended(
    course: Course, framed: Framed, wish: Wish, delivery: Delivery, output: Output
) -> list[int]:
    """Write what a job brought, or tell why it brought nothing; the exit codes of that."""
    if not course.pictures:
        output.problem(
            problem := course.job.problem or NotSent(STOPPED), {"variant": course.number}
        )
        return [problem.exit_code]
    if len(course.pictures) < int(course.job.request.settings.get("count", 1)):
        output.note(FEWER.format(asked=wish.count, came=len(course.pictures)))
    return [
        _delivered(course, picture, framed, wish, delivery, output) for picture in course.pictures
    ]


def _delivered(
    course: Course, picture: Picture, framed: Framed, wish: Wish, delivery: Delivery, output: Output
) -> int:
    """Write one picture; the exit code of that."""
    record: dict[str, object] = {"variant": course.number + picture.index}
    try:
        places = delivery.keep(picture.data)
        raster = delivery.opened(picture.data, places)
        variant = variant_of(course.job, picture, raster, framed, wish.model, course.seconds)
        done = delivery.deliver(course.job.request, variant, picture.data, places)
        output.result(_line(done, variant), {**record, **_record(done, variant)})
    except Problem as problem:
        output.problem(problem, record)
        return problem.exit_code
    return 0


def variant_of(
    job: Job, picture: Picture, raster: Raster, framed: Framed, model: Model, seconds: float
) -> Variant:
    """The variant that a job's picture is."""
    return replace(
        answer_to(job, raster, framed.placement),
        requested=framed.settings,
        effective=picture.facts,
        price=of_answer(model, picture.facts),
        seconds=seconds,
    )


def _line(done: Delivered, variant: Variant) -> str:
    exported = done.exported
    proof = f"{exported.changed} of {exported.protected:,} protected pixels changed"
    told = [
        f"{exported.path}: {proof if exported.protected else 'nothing was protected'}",
        "" if variant.price is None else f"${variant.price:.3f}" if variant.price else "",
        f"{variant.seconds:.1f} s",
    ]
    lines = [", ".join(part for part in told if part), done.note]
    return "\n    ".join(line for line in lines if line)


def _record(done: Delivered, variant: Variant) -> dict[str, object]:
    return {
        "ok": True,
        "file": str(done.places.asset),
        "answer": str(done.places.answer),
        "recipe": str(done.places.recipe),
        "bytes": done.exported.size,
        "protected": done.exported.protected,
        "protected_changed": done.exported.changed,
        "price": variant.price,
        "seconds": round(variant.seconds, 3),
        "note": done.note,
    }
