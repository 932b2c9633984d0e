"""An edit as JSON: pictures as data URLs, or named by an address or a file id."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from editor.capability.provider import Model, Provider
from editor.edits.framing import Framed
from editor.errors import InputProblem
from editor.imaging.geometry import whole
from editor.providers.dialect import Call
from editor.providers.files import mask_file, picture_file
from editor.providers.wish import address, named, parameters, takes_mask

LONGEST = 20_971_520
"""Characters of one data URL."""

TOO_LONG = (
    "As text a picture takes {length:,} characters, and JSON holds {longest:,}; nothing was "
    "sent. Send it as a form, or choose a tighter frame."
)
COUNT = (
    "There are addresses for {named} pictures, and {pictures} are sent; nothing was sent. "
    "Name as many, or none."
)
NOT_WHOLE = (
    "A picture at an address goes whole, and this frame is a part of it; nothing was sent. "
    "Choose the frame Whole."
)
OTHER_SIZE = (
    "A picture at an address keeps its size, and the mask has another; nothing was sent. "
    "Name an address of the mask too."
)
NO_FILES = "{provider} takes addresses alone, and {name} is none; nothing was sent."


def json_call(edit: Framed, provider: Provider, model: Model) -> Call:
    """One POST of JSON. Raises InputProblem."""
    body: dict[str, object] = {"model": model.id, "prompt": edit.request.prompt}
    body |= parameters(edit, provider, model)
    body |= _images(_pictures(edit, provider, model), provider)
    if takes_mask(edit, provider, model) and (mask := _mask(edit, provider, model)):
        body[provider.mask_field] = _object(mask, provider)
    poll = provider.url(provider.poll) if provider.poll else ""
    return Call("POST", address(edit, provider, model), json=body, poll=poll)


def _pictures(edit: Framed, provider: Provider, model: Model) -> list[str]:
    """What stands for each picture: a data URL, an address or a file id."""
    rasters = (edit.source, *edit.references)
    places = named(edit.settings, "image_from")
    if not places:
        limit = model.limits.picture_bytes
        return [_data_url(picture_file(raster, provider, limit)) for raster in rasters]
    if len(places) != len(rasters):
        raise InputProblem(COUNT, named=len(places), pictures=len(rasters))
    if edit.placement.window != whole(edit.request.source.size):
        raise InputProblem(NOT_WHOLE)
    return places


def _mask(edit: Framed, provider: Provider, model: Model) -> str:
    """What stands for the mask; "" when none is sent."""
    if places := named(edit.settings, "mask_from"):
        return places[0]
    data = mask_file(edit.mask, provider, model.limits.mask_bytes)
    if not data:
        return ""
    elsewhere = named(edit.settings, "image_from")
    if elsewhere and edit.placement.sent != edit.request.source.size:
        raise InputProblem(OTHER_SIZE)
    return _data_url(data)


def _images(pictures: Sequence[str], provider: Provider) -> Mapping[str, object]:
    if provider.json_images == "addresses":
        for name in pictures:
            if "://" not in name and not name.startswith("data:"):
                raise InputProblem(NO_FILES, provider=provider.label, name=name)
        return {"image": pictures[0] if len(pictures) == 1 else list(pictures)}
    objects = [_object(name, provider) for name in pictures]
    if provider.json_images == "image" and len(objects) == 1:
        return {"image": objects[0]}
    return {"images": objects}


def _object(name: str, provider: Provider) -> Mapping[str, str]:
    is_address = "://" in name or name.startswith("data:")
    if provider.json_images == "image":
        return {"url": name, "type": "image_url"}
    return {"image_url": name} if is_address else {"file_id": name}


def _data_url(data: bytes) -> str:
    url = "data:image/png;base64," + base64.b64encode(data).decode("ascii")
    if len(url) > LONGEST:
        raise InputProblem(TOO_LONG, length=len(url), longest=LONGEST)
    return url
