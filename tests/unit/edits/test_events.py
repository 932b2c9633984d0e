"""Events are told apart by type and keep pictures out of what is printed."""

from typing import get_args

from editor.edits.events import (
    Cancelled,
    End,
    Event,
    Failed,
    Finished,
    Picture,
    Preview,
    Unknown,
)


def test_a_job_has_four_ends_and_each_is_an_event():
    assert set(get_args(End)) == {Finished, Cancelled, Failed, Unknown}
    assert set(get_args(End)) <= set(get_args(Event))


def test_pictures_are_not_printed():
    assert "secret" not in repr(Preview(0, b"secret"))
    assert "secret" not in repr(Picture(0, b"secret", {"size": "1x1"}))
    assert Picture(0, b"a") == Picture(0, b"a", {})
