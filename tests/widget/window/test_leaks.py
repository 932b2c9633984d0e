"""The alarm in the window: a provider that ignored the mask is told of once."""

from __future__ import annotations

from pathlib import Path

from editor.imaging.codec import encode_png
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.answering import arrive, begun
from tests.fakes.drawn import drawn
from tests.fakes.living import Live, opened, paint, scene, until


def test_a_provider_that_ignored_the_mask_is_told_of_once(live: Live, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        (job,) = begun(session, count=1)
        arrive(session, job, encode_png(drawn(session.document.base.size, 7)))
        await until(session.leaks.found, lambda: session.leaks.of(job.id) is not None)
        await finish()
        found = session.leaks.of(job.id)
        assert found is not None
        assert [toast.words for toast in window.stage.toasts.shown()] == [found.cause]
        assert found.cause.startswith("The provider ignored the mask")

    live.show(script)
