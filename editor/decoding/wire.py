"""What passes between the pool and a child: JSON and raw bytes, nothing that can run.

A child has read bytes from anywhere, so its word is taken as data: never as a pickle, and
never longer than expected.

parent                                  child
  asked (JSON), file bytes       ->
                                 <-       {"need": bytes}             when there are pixels
  b"shared" and a handle         ->                                   or b"here": send them back
                                 <-       {"facts", "shape", "deep"}, profile, exif,
                                          XMP, colours, the samples' profile[, pixels
                                          in bands]
                                 <-       or {"problem", "values", "details"}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

SHARED, HERE = b"shared", b"here"
MOST = 16 << 20
# Bytes of one message that is not pixels: profiles and EXIF are capped at 4 MiB.
_BAND = 64 << 20
# Bytes of pixels that travel at once: what receives them holds each band a second time.
_BYTES = ("profile", "exif", "xmp", "colours")
# What of Facts is no text, in the order in which it is sent.


def send(connection: Connection, message: Mapping[str, object]) -> None:
    """One message as JSON."""
    connection.send_bytes(json.dumps(message, default=str).encode())


def receive(connection: Connection) -> dict[str, Any]:
    """One message; raises ValueError when it is not a JSON object."""
    message = json.loads(connection.recv_bytes(MOST))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


def bands(samples: NDArray[Any]) -> Iterator[memoryview]:
    """All bytes of pixels that travel, in order and in parts."""
    flat = samples.reshape(-1).view(np.uint8)
    for start in range(0, flat.size, _BAND):
        yield flat[start : start + _BAND].data


def send_facts(connection: Connection, facts: Facts, more: Mapping[str, object]) -> None:
    """Facts: the readable part with more beside it, then what is bytes as it is."""
    told = {**asdict(facts), **dict.fromkeys(_BYTES, "")}
    send(connection, {"facts": told, **more})
    for name in _BYTES:
        connection.send_bytes(getattr(facts, name))


def receive_facts(connection: Connection, told: Mapping[str, Any]) -> Facts:
    """Facts from the readable part of an answer and the messages behind it.

    Raises KeyError, TypeError or ValueError when they are not facts.
    """
    width, height = told["size"]
    across, down = told["dpi"]
    return Facts(
        format=str(told["format"]),
        size=Size(int(width), int(height)),
        depth=int(told["depth"]),
        colour=str(told["colour"]),
        alpha=bool(told["alpha"]),
        orientation=int(told["orientation"]),
        dpi=(float(across), float(down)),
        profile_name=str(told["profile_name"]),
        frames=int(told["frames"]),
        notes=tuple(str(note) for note in told["notes"]),
        **{name: connection.recv_bytes(MOST) for name in _BYTES},
    )


def send_problem(connection: Connection, problem: InputProblem) -> None:
    """A sentence with what fills its places."""
    values = {"values": problem.values, "details": problem.details}
    send(connection, {"problem": problem.template, **values})


def problem_of(message: Mapping[str, Any]) -> InputProblem:
    """The sentence of a message that holds one."""
    values = {str(key): value for key, value in dict(message["values"]).items()}
    return InputProblem(str(message["problem"]), details=str(message["details"]), **values)
