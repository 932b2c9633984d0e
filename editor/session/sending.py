"""Sending: the request as the form and the mask make it, what is wrong with it, and its round."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from editor.capability.price import estimate
from editor.compose.fitting.locate import belonging
from editor.decoding.pool import Pool
from editor.edits.framing import Framed, frame, limits_for, placement_of, usual
from editor.edits.own_window import MIDDLE, Anchor, own_window
from editor.edits.request import EditRequest, Frame
from editor.edits.variant import Variant
from editor.errors import InputProblem, Problem
from editor.imaging.geometry import NOWHERE, Rect
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.plane import MaskPlane
from editor.session.document import Document
from editor.session.form import Form
from editor.session.form_state import FormState
from editor.session.gallery import Gallery
from editor.session.outgoing import Outgoing, outgoing
from editor.session.painting import Painting
from editor.session.rounds import Rounds, groups_of, judged

PAUSE = 150
"""Milliseconds without a change after which the request is judged anew."""


class Sending(QObject):
    """Judges the request as it is made and sends it when asked.

    framed carries the Placement that would be sent now, or None. refused: a Trouble that
    keeps a request from being sent. noted: a Problem, or a Sentence about an answer.
    """

    framed = Signal(object)
    refused = Signal(object)
    noted = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        form: Form,
        gallery: Gallery,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._form = form
        self._gallery = gallery
        self.placement: Placement | None = None
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self.judge)
        for change in (painting.stroke_ended, document.based, document.turned, document.ordered):
            change.connect(self._later.start)
        form.changed.connect(lambda _: self._later.start())
        document.turned.connect(self._turn)

    def close(self) -> None:
        """Judge nothing any more."""
        self._later.stop()

    def judge(self) -> None:
        """Find what stands in the way, what would be sent, and what it costs."""
        state, request = self._form.state, self._request()
        if request is None:
            self._place(None)
            self._form.judge((), None, 0)
            return
        placement = self._placed(request, state)
        self._place(placement)
        assert self._painting.plane is not None
        troubles, price = judged(groups_of(request, state), _box(request, self._painting.plane))
        self._form.judge(troubles, price, 1 + len(request.references))

    def drawn(self, window: Rect, anchor: Anchor = MIDDLE) -> Placement | None:
        """What a window that is being drawn would send; nothing is changed by asking.

        anchor: what stays where it is. None while nothing could be sent.
        """
        request, plane = self._request(), self._painting.plane
        if request is None or plane is None:
            return None
        rule = limits_for(self._form.state.model, request.settings).sizes
        return own_window(rule, request.source.size, plane.box, window, anchor)

    def frame_by(self, window: Rect | None, anchor: Anchor = MIDDLE) -> None:
        """Send what is under a window from now on; None goes back to the frame chosen before."""
        placement = self.drawn(window, anchor) if window is not None else None
        self._form.set_window(placement.window if placement else None)
        self.judge()

    def price_of(self, placement: Placement) -> float | None:
        """What one picture of this window costs, in USD; None when that is not known."""
        state = self._form.state
        return estimate(state.model, state.settings, placement.sent, max(state.pictures, 1))

    async def send(self, rounds: Rounds) -> None:
        """Begin a round; raises Problem when it cannot be made ready."""
        self.judge()
        state, held, request = self._form.state, self._document.target, self._request()
        if state.troubles:
            self.refused.emit(state.troubles[0])
            return
        plane = self._painting.plane
        if held is None or request is None or plane is None:
            return
        references = self._document.references if request.references else ()
        request = _settled(request, plane)
        groups = groups_of(request, state)
        await rounds.begin(held.slot, groups, references, chosen=state.chosen)

    async def take(self, data: bytes, name: str, pool: Pool, new_id: Callable[[], str]) -> None:
        """Make a picture from elsewhere a variant of the current mask. Raises Problem.

        It goes where it is found to belong, and is told about when it is not.
        """
        held, plane = self._document.target, self._painting.plane
        if held is None or plane is None or plane.is_empty:
            raise InputProblem(
                "Paint what {name} may change first; then drop it again as a result.", name=name
            )
        opened = await asyncio.to_thread(pool.open, data, name)
        request = self._request()
        if request is None:
            return
        coverage, guess = plane.snapshot(), self._placed(request, self._form.state)
        placement, sentence = await asyncio.to_thread(
            belonging, request.source, opened.raster, guess
        )
        variant = Variant(
            id=new_id(),
            job="",
            round=new_id(),
            raster=opened.raster,
            placement=placement,
            coverage=coverage,
            base=held.base_digest,
            provider="elsewhere",
            model="",
        )
        self._gallery.add(held.slot, variant, data)
        if sentence:
            self.noted.emit(Problem(sentence))

    async def outgoing(self) -> tuple[Outgoing, ...]:
        """What would be sent now, one for each model; () when nothing would. Raises Problem."""
        state, request, plane = self._form.state, self._request(), self._painting.plane
        if request is None or plane is None or state.offline:
            return ()
        groups = groups_of(_settled(request, plane), state)
        return await outgoing(groups, state.catalog, self._document)

    async def what_gets_sent(self) -> Raster | None:
        """The framed picture as the provider would get it, None while nothing is open."""
        framed = await self._framed()
        return framed.source if framed else None

    async def _framed(self) -> Framed | None:
        request, plane = self._request(), self._painting.plane
        if request is None or plane is None:
            return None
        request = _settled(request, plane)
        return await asyncio.to_thread(frame, request, self._form.state.model)

    def _request(self) -> EditRequest | None:
        """The request as it stands; its coverage is the live mask's box, for judging only.

        Where all is painted the whole picture is asked for, unless the model needs a mask.
        """
        held, base, plane = self._document.target, self._document.base, self._painting.plane
        if held is None or base is None or plane is None or plane.size != base.size:
            return None
        state = self._form.state
        all_of_it = plane.is_full and not state.model.needs_mask
        thumbs = tuple(other.thumb for other in self._document.references)
        return EditRequest(
            source=base,
            coverage=None if all_of_it else plane.pixels[plane.box.rows_cols],
            prompt="" if state.offline else state.prompt,
            provider=state.provider.id,
            model=state.model.id,
            references=() if state.offline else thumbs,
            plea=state.plea,
            settings=state.settings,
            frame=_frame(state),
            base=held.base_digest,
            window=None if all_of_it else state.window,
        )

    def _placed(self, request: EditRequest, state: FormState) -> Placement:
        plane = self._painting.plane
        assert plane is not None
        return placement_of(request, state.model, _box(request, plane))

    def _turn(self) -> None:
        held = self._document.target
        self._form.turn_to(held.slot if held else "")

    def _place(self, placement: Placement | None) -> None:
        self.placement = placement
        self.framed.emit(placement)


def _box(request: EditRequest, plane: MaskPlane) -> Rect:
    """What is painted, as framing wants it: nothing stands for the whole picture."""
    return NOWHERE if request.coverage is None else plane.box


def _settled(request: EditRequest, plane: MaskPlane) -> EditRequest:
    """The request with a mask that outlives the next stroke."""
    return request if request.coverage is None else replace(request, coverage=plane.snapshot())


def _frame(state: FormState) -> Frame:
    chosen = Frame(state.frame) if state.chosen else None
    return usual(state.preset or "final", chosen)
