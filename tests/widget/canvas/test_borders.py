"""Two lines over the mask, each in the colour of its chip."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from editor.session.bordering import Borders
from editor.session.painting import Painting
from editor.ui.canvas.borders import tones
from editor.ui.canvas.canvas import Canvas

SQUARE = np.array([[50, 50], [250, 50], [250, 200], [50, 200]], float)
WORDS = {"sent": "sent mask", "blend": "blend mask"}


def there(image: np.ndarray, name: str, row: int) -> bool:
    """Whether a line of this colour crosses a row of the picture."""
    wanted = np.array(tones()[name].getRgb()[:3])
    return bool((np.abs(image[row].astype(int) - wanted).max(axis=1) < 60).any())


def test_each_line_has_its_colour_and_says_what_it_is(
    canvas: Canvas, painting: Painting, shot: Callable[[], np.ndarray]
) -> None:
    canvas.borders.show(Borders((SQUARE,), (SQUARE * 0.5 + 60,)), WORDS)
    found = shot()
    assert there(found, "sent", 190)
    assert there(found, "blend", 120)
    assert canvas.chrome._words["sent"] == "sent mask"
    canvas.borders.show(Borders((), (SQUARE,)), WORDS)
    assert canvas.chrome._words["sent"] == ""
    canvas.borders.show(None, WORDS)
    assert not there(shot(), "sent", 190)
    assert canvas.chrome._words["blend"] == ""


def test_they_follow_the_zoom_and_go_with_the_mask(
    canvas: Canvas, painting: Painting, shot: Callable[[], np.ndarray]
) -> None:
    canvas.borders.show(Borders((SQUARE,)), WORDS)
    canvas.viewport.zoom_at(2.0, 50, 50)
    assert there(shot(), "sent", 55)
    assert not there(shot()[:, :45], "sent", 190)
    canvas.show_variant(None, editing=False)
    assert not there(shot(), "sent", 55)
