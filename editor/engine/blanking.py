"""Taking signed addresses out of a raw answer once the picture behind them is stored."""

from __future__ import annotations

import os
import re
from pathlib import Path

from editor.engine.remains import body_and_rest

_SIGNED = re.compile(rb"(https?:(?:\\?/){2}[^\"\s<>?]+\?)([^\"\s<>]+)")


def blanked(raw: bytes) -> bytes:
    """The same bytes with an x for each sign behind the ? of an address, of the same length.

    raw: JSON bodies and what follows the last of them, or a stream of events. A picture is
    left as it is, for it may hold addresses of its own under a checksum.
    """
    done, (body, rest) = b"", body_and_rest(raw)
    while body:
        lead = raw[: len(raw) - len(body) - len(rest)]
        done, raw = done + lead + _without(body), rest
        body, rest = body_and_rest(raw)
    return done + (raw if done else _without(raw))


def blank(path: Path) -> None:
    """Do so in a file, in its place. Raises OSError; no file is no harm."""
    if not path.exists():
        return
    with path.open("r+b", buffering=0) as file:
        before = file.read()
        after = blanked(before)
        if after != before:
            file.seek(0)
            file.write(after)
            os.fsync(file.fileno())


def _without(text: bytes) -> bytes:
    return _SIGNED.sub(lambda found: found[1] + b"x" * len(found[2]), text)
