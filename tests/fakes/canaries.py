"""Secrets that can be found again wherever they have been written, however they were written."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Canary:
    """A text that stands nowhere by chance. name: what it is, for the report."""

    name: str
    text: str

    def spellings(self) -> Mapping[str, bytes]:
        """Every way in which it could stand in a file."""
        return _spelled(self.text)

    def found_in(self, data: bytes) -> list[str]:
        """How it is spelled in there."""
        return [name for name, spelling in self.spellings().items() if spelling in data]


@functools.cache
def _spelled(text: str) -> Mapping[str, bytes]:
    plain = text.encode()
    found = {
        "raw": plain,
        "percent": quote(text, safe="").encode(),
        "every byte percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "hex": plain.hex().encode(),
        "UTF-16": text.encode("utf-16-le"),
        "UTF-16, the other end": text.encode("utf-16-be"),
        "JSON": json.dumps(text)[1:-1].encode(),
        "JSON, every sign": "".join(f"\\u{ord(sign):04x}" for sign in text).encode(),
    }
    for shift in range(3):
        # Base64 depends on where in threes of bytes the text begins; its ends are left out.
        packed = base64.b64encode(b"\0" * shift + plain)
        found[f"base64 at {shift}"] = packed[4 : len(packed) // 4 * 4 - 4]
    return found


BEARER = Canary("bearer", "sk-canary-Vf83kQ0aZp71Lm")
PROXY = Canary("proxy password", "proxy-word-9Tq2wEr5")
RING = Canary("keyring value", "sk-ring-Hs64nBv82KdXy")
PROMPT = Canary("prompt", "zebra-quilt-1187 balloon")
SIGNED = Canary("signed address", "sig=signed-secret")


@dataclass(frozen=True)
class Hit:
    """One secret in one place."""

    canary: str
    spelling: str
    place: str


def hits(canaries: Iterable[Canary], places: Mapping[str, bytes]) -> list[Hit]:
    """Every secret in every place; places: what is there, by its name."""
    return [
        Hit(canary.name, spelling, place)
        for place, data in places.items()
        for canary in canaries
        for spelling in canary.found_in(data)
    ]


def files_below(*folders: Path) -> dict[str, bytes]:
    """Every file in these folders, with its name as part of what could give something away."""
    return dict(_read(folders))


def _read(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                name = str(path.relative_to(folder))
                yield f"{folder.name}/{name}", path.read_bytes() + b"\n" + name.encode()
