"""What other programs hand over by drop or paste: files by path, pictures as encoded bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

PICTURES = (
    "image/png",
    "image/tiff",
    "image/jpeg",
    "image/webp",
    "image/avif",
    "image/gif",
    "image/bmp",
)
"""Forms taken from a clipboard, the most faithful first; Qt itself decodes none of them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Either paths of local files, or the bytes of one picture; remote: only links were there."""

    paths: tuple[Path, ...] = ()
    data: bytes = b""
    remote: bool = False

    def __bool__(self) -> bool:
        return bool(self.paths or self.data)


def offered(mime: QMimeData) -> bool:
    """Whether there is something to open, judged without taking the bytes."""
    return mime.hasUrls() or any(mime.hasFormat(kind) for kind in PICTURES)


def taken(mime: QMimeData) -> Incoming:
    """Take what is offered; local files before pictures, and links never."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths)
    for kind in PICTURES:
        if mime.hasFormat(kind):
            data = mime.data(kind).data()
            if data:
                return Incoming(data=bytes(data))
    return Incoming(remote=bool(mime.urls()))
