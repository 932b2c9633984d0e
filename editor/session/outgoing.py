"""Outgoing: exactly what an edit would send, for the eyes and for other programs."""

from __future__ import annotations

import asyncio
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editor.capability.catalog import Catalog
from editor.capability.provider import Model, Provider
from editor.decoding.sniff import HEAD, kind
from editor.edits.framing import frame
from editor.imaging.raster import Raster
from editor.providers.body import from_base64
from editor.providers.curl import Command, curl
from editor.providers.dialect import Call
from editor.providers.table import dialect
from editor.session.document import Document
from editor.session.rounds import Group
from editor.transport.addresses import origin
from editor.transport.upload import request_for

LONGEST = 2000
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture or a mask as it is sent. name: of its field; data: the encoded file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Outgoing:
    """One request of a round, which is made so many times.

    size: bytes of its body. fields: names and values in their order, pictures left out. masked:
    how many of the pieces are masks.
    """

    provider: Provider
    model: Model
    host: str
    count: int
    size: int
    pieces: tuple[Piece, ...]
    fields: tuple[tuple[str, str], ...]
    masked: int
    command: Command

    @property
    def pictures(self) -> int:
        return len(self.pieces) - self.masked


async def outgoing(
    groups: Sequence[Group], catalog: Catalog, document: Document
) -> tuple[Outgoing, ...]:
    """What a round would send, one for each model. Raises Problem."""
    sent = document.references if groups[0].request.references else ()
    pictures = [await document.shown(held) for held in sent]
    found = []
    for group in groups:
        provider = catalog.provider(group.request.provider)
        found.append(await asyncio.to_thread(_outgoing, group, provider, pictures))
    return tuple(found)


def _outgoing(group: Group, provider: Provider, pictures: list[Raster]) -> Outgoing:
    model = group.model
    framed = frame(replace(group.request, references=tuple(pictures)), model)
    call = dialect(provider.dialect).encode(framed, provider, model)[0]
    pieces, fields = _read(call)
    return Outgoing(
        provider=provider,
        model=model,
        host=origin(call.url).host,
        count=group.count,
        size=int(request_for(call, {}).headers["content-length"]),
        pieces=pieces,
        fields=fields,
        masked=sum(piece.name.partition(".")[0] == provider.mask_field for piece in pieces),
        command=curl(call, provider),
    )


def _read(call: Call) -> tuple[tuple[Piece, ...], tuple[tuple[str, str], ...]]:
    """The pictures of a call, and its other values by name."""
    pieces, fields = [], []
    for part in call.form:
        if isinstance(part.content, bytes):
            pieces.append(Piece(part.name, part.content))
        else:
            fields.append((part.name, part.content[:LONGEST]))
    for name, value in _values(call.json or {}):
        data = _picture(value)
        if data:
            pieces.append(Piece(name, data))
        else:
            fields.append((name, str(value)[:LONGEST]))
    return tuple(pieces), tuple(fields)


def _values(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Each plain value of a JSON body with its place: "images[0].image_url"."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _values(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _values(inner, f"{name}[{at}]")
    else:
        yield name, value


def _picture(value: object) -> bytes:
    """The picture in a data URL, b"" for everything else."""
    if not isinstance(value, str) or not value.startswith("data:"):
        return b""
    try:
        data = from_base64(value)
    except (ValueError, binascii.Error):
        return b""
    return data if kind(data[:HEAD]) else b""
