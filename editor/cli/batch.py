"""frisket batch: one recipe over many pictures, each asked for once, however often it is begun."""

from __future__ import annotations

import hashlib
import secrets
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from editor.cli.batch_journal import BatchJournal, Line, State
from editor.cli.batch_masks import without_masks
from editor.cli.batch_picture import Ready, Work, ready, require_one_edit
from editor.cli.batch_report import write_report
from editor.cli.collecting import events_of, left_by
from editor.cli.delivery import Delivered, made
from editor.cli.earlier import Earlier
from editor.cli.edit import variant_of
from editor.cli.output import Output
from editor.cli.parser import add_base_url, add_json, add_over_cap, new
from editor.cli.round import Course, Round, Task, together
from editor.cli.settling import settle, were_told
from editor.cli.spending import OVER, UNSURE, Spending
from editor.cli.table import table
from editor.compose.recipe import Recipe
from editor.compose.recipes.recipe_file import read
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.edits.events import Picture
from editor.engine.choose import engine_for
from editor.engine.lane import pace_of
from editor.engine.ledger import Ledger
from editor.engine.note import Note
from editor.engine.note import State as Noted
from editor.errors import CannotWrite, NotSent, OutcomeUnknown, Problem
from editor.storage.names import shown_name

ABOUT = (
    "Ask once more for what a recipe tells, for every FILE. The mask of photo.jpg is\n"
    "photo_mask.png or photo.mask.png beside it; without one that of the recipe is used, in the\n"
    "middle and as large as it goes. The folder of the results keeps a journal: after an\n"
    "interruption --resume goes on, and nothing that may have been paid is asked for again."
)
AT_ONCE = 4
"""Pictures in memory and under way together."""

SUM = "{done} of {count} pictures are done; report.json and report.csv in {out} tell of each."
STOPPED = "The edit was stopped before it was sent; nothing was charged."
UNKNOWN = "It was sent and its answer never came; it may have been charged and is not sent again."
MAYBE_ELSEWHERE = (
    "Another Frisket may know what became of it; close that and resume. It is not sent again."
)
CUT_OFF = "Its answer came and cannot be read; it may have been charged and is not sent again."

_NEVER_CHARGED = frozenset(
    {
        Noted.INTENT,
        Noted.LIMITED,
        Noted.SENDING,
        Noted.NOT_SENT,
        Noted.REFUSED,
        Noted.ABANDONED,
    }
)
_LEFT = frozenset({Noted.ACCEPTED, Noted.RECEIVED, Noted.STORED, Noted.SHOWN})


def run(argv: Sequence[str]) -> int:
    """Carry out the batch; 0 when every picture is written, 7 when only some are."""
    parser = _parser()
    arguments = parser.parse_intermixed_args(argv)
    if arguments.masks and not arguments.masks.is_dir():
        parser.error(f"--masks is a folder with masks in it, and {arguments.masks} is none")
    data, name = read_file(arguments.recipe), arguments.recipe.name
    recipe = read(data, shown_name(name))
    require_one_edit(recipe, name)
    asked, catalog = recipe.steps[0].asked, table()
    provider = catalog.provider(asked.provider)
    model = provider.model(asked.model)
    if arguments.base_url:
        provider = replace(provider, base_url=arguments.base_url)
    work = Work(arguments.recipe, recipe, provider, model, arguments.masks, arguments.out)
    output = Output(as_json=arguments.json)
    files, masks = without_masks(arguments.files)
    for mask in masks:
        output.note(f"{mask.name} is the mask of another picture, so it is not edited itself.")
    digest = hashlib.sha256(data).hexdigest()
    with (
        closing(Pool()) as pool,
        closing(Ledger()) as ledger,
        closing(BatchJournal(made(work.out), digest, resume=arguments.resume)) as journal,
        closing(Spending(catalog, anyway=arguments.over_cap)) as spending,
    ):
        ledger.adopt()
        own = {line.job for line in journal.lines.values()}
        there, asks = catalog.having(provider), provider.engine == "remote"
        Earlier(ledger, there, pool, spending, output, asks).tell(own)
        return _Batch(pool, ledger, journal, work, output, spending).carry_out(files)


def _parser() -> ArgumentParser:
    parser = new("batch", ABOUT)
    add = parser.add_argument
    add("recipe", type=Path, metavar="RECIPE.json", help="Written beside every finished picture.")
    add("files", nargs="+", type=Path, metavar="FILE", help="The pictures to edit.")
    add("--out", type=Path, required=True, metavar="DIR", help="Where results are written.")
    add("--masks", type=Path, metavar="DIR", help="Look for masks here, photo.png for photo.jpg.")
    add("--resume", action="store_true", help="Go on with what an earlier run did not finish.")
    add_base_url(parser)
    add_over_cap(parser)
    add_json(parser)
    return parser


class _Batch:
    """The pictures of one batch. When the disk refuses, or at the cap, no more is asked for."""

    def __init__(
        self,
        pool: Pool,
        ledger: Ledger,
        journal: BatchJournal,
        work: Work,
        output: Output,
        spending: Spending,
    ) -> None:
        self._pool = pool
        self._ledger = ledger
        self._journal = journal
        self._work = work
        self._output = output
        self._spending = spending
        self._open: dict[str, Ready] = {}
        lines = journal.lines.values()
        self._promised = {work.out / line.asset for line in lines if line.asset}
        self._ended = 0
        self._count = 0
        self._enough = False

    def carry_out(self, files: Sequence[Path]) -> int:
        """Do what is not done; the exit code of all together."""
        work, self._count = self._work, len(files)
        engine = engine_for(work.provider, work.model, self._ledger)
        known = [str(file.resolve()) for file in files]
        try:
            pace = pace_of(work.provider)
            round = Round(self._output.note, self._sent, pace, self._spending.ended)
            with closing(round.carry_out(engine, self._tasks(files), AT_ONCE)) as courses:
                for course in courses:
                    self._take(course)
        finally:
            lines = [self._journal.lines[name] for name in known if name in self._journal.lines]
            write_report(work.out, lines)
            done = sum(line.state is State.DONE for line in lines)
            self._output.note(SUM.format(done=done, count=self._count, out=work.out))
        return together([line.code for line in lines])

    def _tasks(self, files: Sequence[Path]) -> Iterator[Task]:
        """The requests that are still to be made, each written down before it is handed out."""
        for file in files:
            if self._enough:
                return
            before = self._journal.lines.get(str(file.resolve()))
            if before is not None and before.state is State.DONE:
                self._ended += 1
                continue
            task = self._guarded(file, before, partial(self._task, file, before))
            if task is not None:
                yield task

    def _task(self, file: Path, before: Line | None) -> Task | None:
        """The request for a picture, None when an earlier run made it. Raises Problem."""
        note = self._noted(before) if before is not None and before.job else None
        if note is not None and note.state not in _LEFT | _NEVER_CHARGED:
            raise OutcomeUnknown(UNKNOWN)
        if before is not None and note is not None and note.state in _LEFT:
            return self._left(file, before, note)
        id = secrets.token_hex(8)
        found = ready(self._pool, self._work, file, id, self._output.note)
        task = Task(file.name, found.job, found.framed)
        self._spending.allow([task])
        name = before.asset if before else ""
        asset = self._work.out / name if name else found.delivery.free(self._promised)
        self._promised.add(asset)
        self._journal.put(Line(str(file.resolve()), State.ASKED, id, asset.name))
        self._open[id] = found
        return task

    def _noted(self, before: Line) -> Note | None:
        """What the ledger knows of an earlier request; None when it never left. Raises Problem."""
        notes = self._ledger.of_job(before.job)
        if notes:
            return notes[-1]
        if self._work.provider.engine == "offline":
            return None
        if before.state in {State.SENT, State.UNKNOWN}:
            raise OutcomeUnknown(UNKNOWN)
        if not self._ledger.alone():
            raise OutcomeUnknown(MAYBE_ELSEWHERE)
        return None

    def _left(self, file: Path, before: Line, note: Note) -> Task | None:
        """Finish a picture from what is on the disk, or go on with what its provider holds."""
        work = self._work
        left = left_by(self._ledger, note, work.provider, self._pool)
        if not (left.pictures or left.at_the_provider):
            raise OutcomeUnknown(CUT_OFF)
        found = ready(self._pool, work, file, before.job, self._output.note)
        if left.at_the_provider:
            events = events_of(self._ledger, note, left, work.provider, work.model)
            self._open[before.job] = found
            return Task(file.name, found.job, found.framed, events)
        self._output.note(f"{file.name}: its answer came before, so it is not asked for again")
        self._spending.answered(found.job, found.framed.placement.sent, left.pictures[0])
        self._finish(found, before, left.pictures[0], 0.0)
        return None

    def _take(self, course: Course) -> None:
        """Write what a job brought, or tell why it brought nothing."""
        found = self._open.pop(course.job.id)
        before = self._journal.lines[str(found.file.resolve())]

        def work() -> None:
            if course.picture is None:
                raise course.job.problem or NotSent(STOPPED)
            self._finish(found, before, course.picture, course.seconds)

        self._guarded(found.file, before, work)

    def _finish(self, found: Ready, before: Line, picture: Picture, seconds: float) -> None:
        delivery, job = found.delivery, found.job
        places = delivery.keep(picture.data, self._work.out / before.asset)
        raster = delivery.opened(picture.data, places)
        variant = variant_of(job, picture, raster, found.framed, self._work.model, seconds)
        recipe = replace(Recipe.of(variant), match=self._work.step.join.match)
        if found.feather is not None:
            recipe = replace(recipe, feather=found.feather)
        done = delivery.deliver(job.request, variant, picture.data, places, recipe)
        price, changed = variant.price, done.exported.changed
        self._journal.put(
            replace(before, state=State.DONE, price=price, changed=changed, code=0, sentence="")
        )
        settle(self._ledger, job.id)
        self._tell(found.file, done, price)

    def _guarded(
        self, file: Path, before: Line | None, work: Callable[[], Task | None]
    ) -> Task | None:
        """Do something for a picture; write down and tell the problem it ends with."""
        try:
            return work()
        except Problem as problem:
            self._enough = self._enough or _ends_all(problem)
            name = str(file.resolve())
            line = self._journal.lines.get(name) or before or Line(name, State.FAILED)
            unknown = isinstance(problem, OutcomeUnknown)
            state = State.UNKNOWN if unknown else State.FAILED
            code, sentence = problem.exit_code, str(problem)
            self._journal.put(replace(line, state=state, code=code, sentence=sentence))
            self._ended += 1
            self._output.note(self._progress(file))
            self._output.problem(problem, {"file": str(file)})
            if unknown:
                were_told(self._ledger, [line.job])
            return None

    def _sent(self, job: str) -> None:
        """A request is out: from now on it may be charged, whatever the ledger will be told."""
        line = self._journal.lines[str(self._open[job].file.resolve())]
        self._journal.put(replace(line, state=State.SENT))

    def _tell(self, file: Path, done: Delivered, price: float | None) -> None:
        self._ended += 1
        exported = done.exported
        said = f"{exported.changed} of {exported.protected:,} protected pixels changed"
        cost = f", ${price:.3f}" if price else ""
        self._output.note(self._progress(file))
        record = {
            "ok": True,
            "file": str(file),
            "asset": str(exported.path),
            "protected": exported.protected,
            "protected_changed": exported.changed,
            "price": price,
            "note": done.note,
        }
        lines = [f"{exported.path}: {said}{cost}", done.note]
        self._output.result("\n    ".join(line for line in lines if line), record)

    def _progress(self, file: Path) -> str:
        return f"{self._ended} of {self._count}: {file.name}"


def _ends_all(problem: Problem) -> bool:
    """Whether the next picture would meet the same."""
    return isinstance(problem, CannotWrite) or problem.template in {OVER, UNSURE}
