"""What leaves this computer, byte for byte but for the boundary and the compression of pictures.

`DIALECT/requests/NAME.txt` is one request: method and address, then the body.
"""

import base64
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.imaging.raster import Raster
from editor.providers.table import dialect
from editor.transport.upload import request_for

FOLDER = Path(__file__).parent
CATALOG = load()
HEIGHT, WIDTH = 1024, 1536
ADDRESS = "https://pictures.example/1.png"


def picture(blue: int, height=HEIGHT, width=WIDTH) -> Raster:
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[...] = (blue, 128, 64, 255)
    return Raster(pixels)


def mask(height=HEIGHT, width=WIDTH):
    coverage = np.zeros((height, width), np.uint8)
    coverage[200:400, 100:300] = 90
    return coverage


def wish(model, provider="openai", **changes) -> EditRequest:
    known = {
        "source": picture(200),
        "coverage": mask(),
        "prompt": 'A "red" jacket,\r\nünlined; name="n"',
        "provider": provider,
        "model": model,
        "frame": Frame.WHOLE,
    }
    return EditRequest(**(known | changes))


WISHES = {
    "masked": wish("gpt-image-2", settings={"quality": "low", "count": 4}),
    "streamed": wish(
        "gpt-image-2.5-flare",
        settings={
            "quality": "max",
            "stream": True,
            "partial_images": 2,
            "output_format": "webp",
            "output_compression": 80,
            "background": "transparent",
            "moderation": "low",
            "safety_identifier": "a1",
            "response_format": "url",
        },
    ),
    "three_pictures_no_mask": wish(
        "gpt-image-1.5",
        coverage=None,
        references=(picture(10), picture(20)),
        settings={"input_fidelity": "high"},
    ),
}

OTHERS = {
    "form_edits/compatible": wish(
        "gpt-image-1",
        "openai-compatible",
        references=(picture(10),),
        settings={"quality": "standard", "response_format": "b64_json", "user": "me"},
    ),
    "form_edits/applerouter_square": wish(
        "dall-e-2",
        "applerouter",
        source=picture(200, 512, 512),
        coverage=mask(512, 512),
        settings={"response_format": "url", "user": "me"},
    ),
    "json_edits/data_urls": wish(
        "gpt-image-2.6-flare",
        references=(picture(10),),
        settings={
            "transport": "json",
            "complexity": "high",
            "quality": "xhigh",
            "stream": True,
            "partial_images": 3,
        },
    ),
    "json_edits/addresses_and_file_ids": wish(
        "gpt-image-2",
        references=(picture(10),),
        settings={
            "transport": "json",
            "image_from": f"{ADDRESS} file-2",
            "mask_from": "file-3",
        },
    ),
    "acedata/masked": wish(
        "gpt-image-2",
        "acedata",
        settings={"size": "1536x1024", "quality": "high", "response_format": "b64_json"},
    ),
    "acedata/task_with_callback": wish(
        "gpt-image-1.5",
        "acedata",
        settings={
            "path": "/v1/images/edits",
            "async": True,
            "callback_url": "https://me.example/done",
            "partial_images": 1,
        },
    ),
    "acedata/addresses": wish(
        "gpt-image-2",
        "acedata",
        references=(picture(10),),
        settings={"transport": "json", "image_from": f"{ADDRESS} {ADDRESS}", "async": True},
    ),
    "acedata/one_address": wish(
        "nano-banana-pro", "acedata", settings={"transport": "json", "image_from": ADDRESS}
    ),
    "aa/data_urls": wish(
        "gpt-image-1.5",
        "aa",
        settings={
            "quality": "high",
            "moderation": "low",
            "output_format": "jpeg",
            "output_compression": 80,
            "input_fidelity": "high",
            "user": "me",
        },
    ),
    "aa/named": wish(
        "gpt-image-1.5",
        "aa",
        settings={
            "image_from": "file-1",
            "mask_from": ADDRESS,
            "stream": True,
            "partial_images": 2,
        },
    ),
}
EVERY = {f"form_edits/{name}": each for name, each in WISHES.items()} | OTHERS


def sent(wish: EditRequest):
    """The request, and its call."""
    place = CATALOG.provider(wish.provider)
    place = replace(place, base_url=place.base_url or "https://compatible.example/v1")
    model = place.model(wish.model)
    (call,) = dialect(place.dialect).encode(frame(wish, model), place, model)
    return request_for(call, {}), call


def written(wish: EditRequest) -> bytes:
    """The body with one boundary and with each picture as what it holds."""
    request, call = sent(wish)
    body = request.read()
    assert request.headers["content-length"] == str(len(body))
    kind = request.headers["content-type"]
    for part in call.form:
        if isinstance(part.content, bytes):
            body = body.replace(part.content, shown(part.content))
    if call.json is None:
        boundary = kind.removeprefix("multipart/form-data; boundary=")
        body = body.replace(boundary.encode(), b"BOUNDARY")
    else:
        assert kind == "application/json"
        body = re.sub(rb"(?<=;base64,)[A-Za-z0-9+/=]+", decoded, body)
    line = f"{call.method} {call.url}\r\n\r\n".encode()
    return line + body


def decoded(found: re.Match[bytes]) -> bytes:
    return shown(base64.b64decode(found[0], validate=True))


def shown(data: bytes) -> bytes:
    picture = Image.open(io.BytesIO(data))
    assert picture.info == {}
    colours = sorted(picture.getcolors() or [], key=lambda found: found[1], reverse=True)
    counts = [f"{count}x{colour}" for count, colour in colours]
    width, height = picture.size
    return f"<{picture.format} {width}x{height} {picture.mode} {' '.join(counts)}>".encode()


def book(name: str) -> Path:
    folder, _, stem = name.partition("/")
    return FOLDER / folder / "requests" / f"{stem}.txt"


@pytest.mark.parametrize("name", EVERY)
def test_a_request_is_written_as_its_playbook_says(name):
    assert written(EVERY[name]) == book(name).read_bytes()


def test_every_playbook_of_a_request_is_read():
    found = set(FOLDER.glob("*/requests/*.txt"))
    assert found == {book(name) for name in EVERY}
    assert {name.partition("/")[0] for name in EVERY} == {
        "form_edits", "json_edits", "acedata", "aa",
    }  # fmt: skip


def test_every_request_has_a_boundary_that_no_part_holds():
    body = written(WISHES["masked"])
    assert len(re.findall(rb"--BOUNDARY\r\n", body)) == body.count(b"Content-Disposition")
