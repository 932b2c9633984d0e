"""What other programs hand over: local files first, then encoded pictures, links never."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from editor.ui.incoming import PICTURES, Incoming, offered, taken


def mime(*urls: str, **pictures: bytes) -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    for kind, content in pictures.items():
        data.setData(f"image/{kind}", content)
    return data


def test_files_go_before_pictures_and_links_are_left_out() -> None:
    data = mime("file:///a/b.png", "https://example.org/c.png", "file:///d%20e.jpg", png=b"png")
    assert offered(data)
    assert taken(data) == Incoming((Path("/a/b.png"), Path("/d e.jpg")))


def test_the_most_faithful_picture_is_taken_as_it_is_encoded() -> None:
    data = mime(bmp=b"bmp", jpeg=b"jpeg", tiff=b"tiff")
    assert offered(data)
    assert taken(data) == Incoming(data=b"tiff")


def test_an_empty_picture_gives_way_to_the_next() -> None:
    assert taken(mime(png=b"", webp=b"webp")) == Incoming(data=b"webp")


def test_only_links_are_said_to_be_links() -> None:
    data = mime("https://example.org/c.png")
    assert offered(data)
    found = taken(data)
    assert not found
    assert found.remote


@pytest.mark.parametrize("kind", ["text", "nothing"])
def test_what_is_no_picture_is_not_offered(kind: str) -> None:
    data = QMimeData()
    if kind == "text":
        data.setText("a red kite")
    assert not offered(data)
    assert not taken(data)
    assert not taken(data).remote


def test_a_picture_that_only_qt_knows_is_offered_as_a_file_of_it() -> None:
    data = QMimeData()
    data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert offered(data) is any(data.hasFormat(kind) for kind in PICTURES)
