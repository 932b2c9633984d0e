"""A live session: real children, a real project file, a real ledger, on the window's loop."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from editor.capability.catalog import Catalog, load
from editor.decoding.pool import Pool
from editor.edits.variant import Variant
from editor.engine.ledger import Ledger
from editor.imaging.codec import encode_png
from editor.imaging.geometry import Rect, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage
from editor.preferences.places import resource
from editor.preferences.preferences import Preferences
from editor.project.store import Store
from editor.session import loop
from editor.session.entries import Entry
from editor.session.form import Form
from editor.session.notice import Notice
from editor.session.session import Session
from editor.ui.life import attach
from editor.ui.window import Window
from editor.ui.wiring.wiring import Wiring
from tests.fakes.joining import variant
from tests.fakes.provider import KEY, Provider


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do the work of other threads on this one: what Qt's own threads run is not measured."""

    async def here(work: Callable[..., object], *values: object) -> object:
        return work(*values)

    monkeypatch.setattr(asyncio, "to_thread", here)


Script = Callable[[Session], Awaitable[None]]


@functools.cache
def shipped() -> Catalog:
    """The table that ships, read once for all who live."""
    return load(resource("capabilities"))


class Live:
    """Runs a script against a session and closes it; told holds what the person was told.

    catalog: what its form offers. path: of the project, known when a script has ended.
    """

    def __init__(self, app: QApplication, pool: Pool) -> None:
        self._app = app
        app.setQuitOnLastWindowClosed(False)
        self._pool = pool
        self.catalog = shipped()
        self.told: list[Notice] = []
        self.path: Path | None = None
        self._script: asyncio.Task[None] | None = None
        self._errors: list[BaseException] = []
        self._windows: list[Window] = []

    def run(self, script: Script, project: Path | None = None) -> None:
        async def main() -> None:
            store = Store.open(project) if project else Store.create()
            ledger = Ledger()
            ledger.adopt()
            form = Form(self.catalog)
            session = Session(form, store, ledger, self._pool)
            session.told.connect(self.told.append)
            self._script = asyncio.current_task()
            try:
                await session.begin()
                await script(session)
            finally:
                self._script = None
                self.path = store.path
                await session.close()
                ledger.close()
                while self._windows:
                    self._windows.pop().deleteLater()
                if form.parent() is None:
                    form.deleteLater()

        loop.on_error(self._broke)
        errors = self._errors = []
        try:
            loop.run(self._app, main)
        finally:
            if errors:
                raise errors[0]

    def show(
        self,
        script: Callable[[Window, Session], Awaitable[None]],
        project: Path | None = None,
    ) -> None:
        """Run a script against a session in its window, which is shown and closed."""

        async def with_window(session: Session) -> None:
            window = Window(session.form, Preferences())
            window.show()
            attach(window, session)
            window.begin([])
            try:
                await script(window, session)
            finally:
                window.close()
                self._windows.append(window)

        self.run(with_window, project)

    def _broke(self, error: BaseException) -> None:
        """End the script, which may wait for what the broken task was to do."""
        self._errors.append(error)
        if self._script:
            self._script.cancel()
            self._script = None


@pytest.fixture
def live(qapp: QApplication, pool: Pool) -> Live:
    return Live(qapp, pool)


@pytest.fixture
def paid(live: Live, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider on loopback, with a key, in the place of the one that takes money."""
    monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)
    places = (
        replace(place, base_url=provider.base_url) if place.id == "openai" else place
        for place in shipped().providers
    )
    live.catalog = Catalog(tuple(places))
    return provider


@pytest.fixture
def keyless(paid: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider on loopback, of which no key is known yet."""
    monkeypatch.delenv("FRISKET_KEY_OPENAI")
    return paid


def wired(window: Window) -> Wiring:
    """What stands between a window that is shown and its session."""
    return next(child for child in window.children() if isinstance(child, Wiring))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture file that is not open yet."""
    return scene(tmp_path / "photo.png")


async def until(signal: object, true: Callable[[], bool]) -> None:
    """Wait until something is true, looking again whenever the signal is emitted."""
    while not true():
        await loop.heard(signal)  # type: ignore[arg-type]  # a bound signal


async def next_of(signal: object) -> object:
    """Wait until a signal is emitted the next time; the value it carries."""
    told: list[object] = []
    hear = told.append
    signal.connect(hear)  # type: ignore[attr-defined]  # a bound signal
    await until(signal, lambda: bool(told))
    signal.disconnect(hear)  # type: ignore[attr-defined]  # a bound signal
    return told[0]


async def opened(session: Session, *paths: Path) -> None:
    """Open pictures and wait until the first can be painted on."""
    await session.open(list(paths))
    await until(session.painting.turned, lambda: session.painting.plane is not None)


async def based(session: Session) -> None:
    """Wait until the pixels of the target are there."""
    await until(session.document.based, lambda: session.document.base is not None)


async def ready(session: Session) -> None:
    """Wait until the target can be painted on and its pixels are there."""
    await until(session.painting.turned, lambda: session.painting.plane is not None)
    await based(session)


def wish(session: Session, prompt: str = "a red kite", count: int = 1) -> None:
    """Choose the provider and word what is wanted."""
    session.form.set_model("openai", "gpt-image-2")
    session.form.set_prompt(prompt)
    session.form.set_count(count)


async def idle(session: Session) -> None:
    """Wait until no job runs any more."""
    await until(session.jobs.changed, lambda: not session.jobs.running)


def paint(session: Session, x: float = 240, y: float = 160, diameter: float = 60) -> None:
    """Paint a short stroke around a place of the target."""
    session.painting.set_brush(diameter=diameter, hardness=0.8)
    session.painting.begin(x - 5, y)
    session.painting.extend(x + 5, y)
    session.painting.end()


async def offered(session: Session, id: str, colour: int, window: Rect | None = None) -> Entry:
    """Bring an even answer from elsewhere for what is painted; its entry once it is joined.

    colour: of all three channels, 0 to 255. window: what it shows, the whole picture when None.
    """
    plane, held = session.painting.plane, session.document.target
    assert plane is not None
    assert held is not None
    window = window or whole(plane.size)
    answer = np.full((window.size.height, window.size.width, 4), colour, np.uint8)
    answer[..., 3] = 255
    lying = _elsewhere(id, Raster(answer), plane.snapshot(), held.base_digest)
    lying = replace(lying, placement=Placement(window, window.size))
    session.gallery.add(held.slot, lying, encode_png(lying.raster))

    def joined() -> bool:
        entry = session.gallery.find(id)
        return entry is not None and entry.joined is not None

    await until(session.gallery.changed, joined)
    entry = session.gallery.find(id)
    assert entry is not None
    return entry


def _elsewhere(id: str, raster: Raster, coverage: Coverage, base: str) -> Variant:
    """An answer made elsewhere for the whole picture."""
    lying = variant(raster, whole(raster.size), coverage)
    return replace(lying, id=id, job="", round=id, base=base, provider="elsewhere", model="")


async def redrawn(session: Session) -> Entry:
    """An answer on the stage that also drew a dark shadow beside the mask."""
    plane, held, base = session.painting.plane, session.document.target, session.document.base
    assert plane is not None
    assert held is not None
    assert base is not None
    pixels = base.pixels.copy()
    cv2.circle(pixels, (240, 160), 26, (40, 160, 40, 255), -1)
    cv2.ellipse(pixels, (285, 175), (34, 14), 0, 0, 360, (30, 30, 30, 255), -1)
    raster = Raster(pixels)
    lying = _elsewhere("v1", raster, plane.snapshot(), held.base_digest)
    session.gallery.add(held.slot, lying, encode_png(raster))
    await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
    entry = session.gallery.state.entry
    assert entry is not None
    return entry


async def answered(session: Session, count: int = 1) -> None:
    """Send what is painted and wait until so many answers have been joined, the first shown."""
    before = {entry.id for entry in session.gallery.state.entries}
    await session.send()

    def there() -> bool:
        new = [entry for entry in session.gallery.state.entries if entry.id not in before]
        return len(new) == count and all(entry.joined for entry in new)

    await until(session.gallery.changed, there)


def scene(path: Path, size: tuple[int, int] = (480, 320), spot: bool = True) -> Path:
    """Draw a smooth scene with a red spot in the middle."""
    width, height = size
    rows, cols = np.mgrid[0:height, 0:width]
    picture = np.dstack([cols * 255 // width, rows * 255 // height, (rows + cols) % 200])
    picture = picture.astype(np.uint8)
    if spot:
        cv2.circle(picture, (width // 2, height // 2), 20, (20, 20, 230), -1)
    assert cv2.imwrite(str(path), picture)
    return path
