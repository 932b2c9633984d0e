"""Signed addresses go out of what is kept; everything else stays as it came."""

import json

import pytest

from editor.engine.blanking import blank, blanked

URL = "https://cdn.example/a.png?sig=secret&until=9"
PLAIN = URL.replace("sig=secret&until=9", "x" * len("sig=secret&until=9"))
PNG = b"\x89PNG\r\n\x1a\n" + URL.encode() + b"\xff{"
BODY = json.dumps({"data": [{"url": URL}], "note": "https://plain.example/"}).encode()
TASK = json.dumps({"task_id": "t"}).encode()
CLEAN = BODY.replace(URL.encode(), PLAIN.encode())
SLASHED = BODY.replace(b"/", b"\\/")


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        (BODY, CLEAN),
        (
            b"\n" + TASK + b" " + BODY + PNG,
            b"\n" + TASK + b" " + CLEAN + PNG,
        ),
        (
            b"data: " + BODY + b"\n\n",
            b"data: " + CLEAN + b"\n\n",
        ),
        (b"", b""),
        (TASK, TASK),
        (BODY + PNG, CLEAN + PNG),
    ],
)
def test_what_is_signed_is_blank_and_nothing_else_is(raw, left):
    assert blanked(raw) == left


def test_escaped_slashes_hide_nothing():
    assert b"secret" not in blanked(SLASHED)
    assert json.loads(blanked(SLASHED))


def test_a_file_is_blanked_in_its_place(tmp_path):
    path = tmp_path / "a.raw"
    blank(path)
    path.write_bytes(BODY)
    blank(path)
    blank(path)
    assert path.read_bytes() == blanked(BODY)
