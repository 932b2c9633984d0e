"""Windows: boxes inside pictures, as laws of windows want them, and whether a window holds one."""

from __future__ import annotations

from hypothesis import strategies as st

from editor.imaging.geometry import Rect, Size


@st.composite
def boxes(draw: st.DrawFn, longest: int = 9000) -> tuple[Size, Rect]:
    """A picture and a rectangle inside it. longest: of its sides, in pixels."""
    width, height = draw(st.integers(1, longest)), draw(st.integers(1, longest))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    return Size(width, height), Rect(left, top, right, bottom)


def holds(window: Rect, box: Rect) -> bool:
    """Whether all of a box lies in a window."""
    return window.joined(box) == window
