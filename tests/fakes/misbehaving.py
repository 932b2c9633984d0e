"""Decoding children that do what hostile bytes might make them do; entries for a Pool.

What happens is written behind the end of the file, where decoders do not look.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from typing import Any, cast


def serve(connection: Connection, memory: int, seconds: float) -> None:
    """The product's child, but for files that ask for something else."""
    from editor.decoding import worker
    from editor.imaging import codec

    decode = codec.decode

    def obedient(data: bytes, facts: Any, place: Any) -> Any:
        word = data.rpartition(b"\n")[2].decode("latin-1")
        if word in ACTS:
            return ACTS[word](place)
        return decode(data, facts, place)

    vars(codec)["decode"] = obedient
    worker.serve(connection, memory, seconds)


def without_posix(connection: Connection, memory: int, seconds: float) -> None:
    """The product's child where nothing can be limited."""
    cast("dict[str, object]", sys.modules).update(resource=None, fcntl=None)
    serve(connection, memory, seconds)


def in_bands(connection: Connection, memory: int, seconds: float) -> None:
    """The product's child with very little that travels at once."""
    from editor.decoding import wire

    vars(wire)["_BAND"] = 1000
    serve(connection, memory, seconds)


def mute(connection: Connection, memory: int, seconds: float) -> None:
    """A child that ends before it says a word."""
    connection.close()


def _spin(_place: Any) -> None:
    while True:
        pass


def _allocate(_place: Any) -> None:
    bytearray(64 << 30)


def _overrun_stack(place: Any) -> None:
    _overrun_stack(place)


def _want_too_much(place: Any) -> None:
    place((1 << 20, 1 << 20, 4), "u1")


def _die_holding_a_place(place: Any) -> None:
    place((100, 100, 4), "u1")[...] = 1
    os._exit(1)


def _ask_nonsense(place: Any) -> None:
    place._connection.send_bytes(b"[]")
    _spin(place)


def _cut_short(place: Any) -> Any:
    """Fill what was lent, and then take the file away from under the program."""
    handles: list[int] = []
    close = os.close
    vars(os)["close"] = handles.append
    samples = place((40, 30, 4), "u1")
    vars(os)["close"] = close
    os.truncate(handles[0], 10)

    class Raster:
        pixels = samples

    return Raster()


def _answer_more_than_lent(place: Any) -> Any:
    samples = place((1, 1, 4), "u1")

    class Raster:
        pixels = type(samples)((4000, 4000, 4), samples.dtype)

    return Raster()


def _tell(_place: Any) -> None:
    """Raise what can be known in here, which comes back as details."""
    import resource

    limits = {
        name: resource.getrlimit(getattr(resource, name)) for name in ("RLIMIT_CORE", "RLIMIT_AS")
    }
    raise ValueError(repr({"modules": sorted(sys.modules), "limits": limits, "main": _main()}))


def _main() -> str:
    return str(getattr(sys.modules.get("__mp_main__"), "__file__", ""))


ACTS = {
    "abort": lambda _place: os.abort(),
    "exit": lambda _place: os._exit(0),
    "spin": _spin,
    "allocate": _allocate,
    "overrun": _overrun_stack,
    "want": _want_too_much,
    "cut": _cut_short,
    "hold": _die_holding_a_place,
    "nonsense": _ask_nonsense,
    "more": _answer_more_than_lent,
    "tell": _tell,
}
