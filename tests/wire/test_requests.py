"""What leaves this computer, byte for byte but for the boundary and the compression of pictures."""

import io
import re
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

FOLDER = Path(__file__).parent / "form_edits" / "requests"
HEIGHT, WIDTH = 1024, 1536


def picture(blue: int) -> Raster:
    pixels = np.empty((HEIGHT, WIDTH, 4), np.uint8)
    pixels[...] = (blue, 128, 64, 255)
    return Raster(pixels)


def mask(*, everything=False):
    coverage = np.zeros((HEIGHT, WIDTH), np.uint8)
    coverage[(slice(None) if everything else slice(200, 400)), 100:300] = 90
    return coverage


def wish(model, **changes) -> EditRequest:
    known = {
        "source": picture(200),
        "coverage": mask(),
        "prompt": 'A "red" jacket,\r\nünlined; name="n"',
        "provider": "openai",
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


def written(wish: EditRequest) -> bytes:
    """The body with one boundary and with each picture as what it holds."""
    place = load().provider("openai")
    model = place.model(wish.model)
    (call,) = dialect(place.dialect).encode(frame(wish, model), place, model)
    request = request_for(call, {})
    body = request.read()
    assert request.headers["content-length"] == str(len(body))
    boundary = request.headers["content-type"].removeprefix("multipart/form-data; boundary=")
    for part in call.form:
        if isinstance(part.content, bytes):
            body = body.replace(part.content, shown(part.content))
    body = body.replace(boundary.encode(), b"BOUNDARY")
    line = f"{call.method} {call.url}\r\n\r\n".encode()
    return line + body


def shown(data: bytes) -> bytes:
    picture = Image.open(io.BytesIO(data))
    colours = sorted(picture.getcolors() or [], key=lambda found: found[1], reverse=True)
    counts = [f"{count}x{colour}" for count, colour in colours]
    width, height = picture.size
    return f"<{picture.format} {width}x{height} {picture.mode} {' '.join(counts)}>".encode()


@pytest.mark.parametrize("name", WISHES)
def test_a_request_is_written_as_its_playbook_says(name):
    assert written(WISHES[name]) == (FOLDER / f"{name}.txt").read_bytes()


def test_every_request_has_a_boundary_that_no_part_holds():
    body = written(WISHES["masked"])
    assert len(re.findall(rb"--BOUNDARY\r\n", body)) == body.count(b"Content-Disposition")
