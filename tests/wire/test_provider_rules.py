"""The loopback provider is as strict as it says: each broken rule is found, and not charged."""

import io
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from tests.fakes.provider import KEY, Play
from tests.fakes.refusals import REFUSALS

ROOT = Path(__file__).parents[2]


def png(size=(1024, 1024), mode="RGBA", *, colour=None, info=None, kind="PNG"):
    stream = io.BytesIO()
    picture = Image.new(mode, size, colour or (10, 20, 30, 255)[: len(mode)])
    picture.save(stream, kind, pnginfo=info) if info else picture.save(stream, kind)
    return stream.getvalue()


def mask(size=(1024, 1024), *, edit=(255, 255, 255, 0), keep=(0, 0, 0, 255)):
    pixels = np.empty((size[1], size[0], 4), np.uint8)
    pixels[...] = keep
    pixels[100:200, 100:200] = edit
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


PICTURE, MASK = png(), mask()
TEXTS = {"model": "gpt-image-2", "prompt": "p"}


def text(**values):
    return [(name, (None, value)) for name, value in (TEXTS | values).items()]


def image(data=PICTURE, name="image", filename="image-1.png", kind="image/png"):
    return (name, (filename, data, kind))


def masked(data=MASK, name="mask", filename="mask.png", kind="image/png"):
    return (name, (filename, data, kind))


def post(provider, form, *, path="/images/edits", key=f"Bearer {KEY}", **more):
    headers = {"Authorization": key} if key else {}
    return httpx.post(
        provider.base_url + path, files=form, headers=headers, trust_env=False, **more
    )


def test_a_right_request_is_charged_and_answered(provider):
    answer = post(provider, [*text(), image(), masked()])
    assert answer.status_code == 200
    assert provider.log[0].charged
    post(provider, [*text(), image(), masked()])
    assert list(provider.charges.values()) == [2]


TOLD = PngImagePlugin.PngInfo()
TOLD.add_text("Author", "me")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ([image(), *text(), masked()], "part_order"),
        ([*text(), masked(), image()], "part_order"),
        ([*text(), *text(), image()], "duplicate_parameter"),
        ([*text(model="dall-e-3"), image()], "model_not_found"),
        ([("prompt", (None, "p")), image()], "model_not_found"),
        ([*text(response_format="url"), image()], "unknown_parameter"),
        ([*text(input_fidelity="high"), image()], "unknown_parameter"),
        ([*text(complexity="high"), image()], "unknown_parameter"),
        ([*text(quality="max"), image()], "invalid_value"),
        ([*text(output_format="gif"), image()], "invalid_value"),
        ([*text(output_compression="101"), image()], "invalid_value"),
        ([*text(partial_images="2"), image()], "invalid_value"),
        ([*text(stream="True"), image()], "invalid_value"),
        ([*text(n="2"), image()], "n_is_one"),
        ([*text(prompt=""), image()], "invalid_value"),
        ([*text(prompt="x" * 32001), image()], "invalid_value"),
        ([*text(size="4096x4096"), image()], "invalid_value"),
        ([*text(size="1000x1000"), image()], "invalid_value"),
        ([*text(size="big"), image()], "invalid_value"),
        ([*text(model="gpt-image-1.5", size="1024x1040"), image()], "invalid_value"),
        ([*text()], "invalid_value"),
        ([*text(), image(name="image[]")], "duplicate_parameter"),
        ([*text(), image(), image(filename="image-2.png")], "duplicate_parameter"),
        ([*text(), image(filename="me-and-my-cat.png")], "file_name"),
        ([*text(), image(kind="application/octet-stream")], "unsupported_file_mimetype"),
        ([*text(), image(b"no picture")], "invalid_image_file"),
        ([*text(), image(png(mode="RGB", kind="JPEG"))], "invalid_image_file"),
        ([*text(), image(png(info=TOLD))], "metadata"),
        ([*text(), image(), masked(), masked()], "invalid_value"),
        ([*text(), image(), masked(png(mode="RGB"))], "invalid_mask_image_format"),
        ([*text(), image(), masked(mask((1024, 1040)))], "invalid_mask_image_format"),
        ([*text(), image(), masked(mask(edit=(0, 0, 0, 0)))], "mask_coding"),
        ([*text(), image(), masked(mask(keep=(255, 255, 255, 255)))], "mask_coding"),
        ([*text(), image(), masked(mask(edit=(0, 0, 0, 255)))], "mask_coding"),
        ([*text(), image(), masked(filename="secret.png")], "file_name"),
    ],
)
def test_a_broken_rule_is_found(provider, form, code):
    answer = post(provider, form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert (provider.log[0].error, provider.log[0].charged) == (code, False)


@pytest.mark.parametrize("key", ["", "Bearer other", KEY, f"bearer {KEY}", f"Bearer  {KEY}"])
def test_the_key_must_be_exact(provider, key):
    assert post(provider, [*text(), image()], key=key).status_code == 401


def test_the_path_must_be_exact(provider):
    post(provider, [*text(), image()], path="/images/edits/")
    assert provider.log[0].error == "not_found"


def test_a_form_must_be_a_form_of_known_length(provider):
    def chunks():
        yield b"--x--\r\n"

    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "multipart/form-data; boundary=x"}
    url = provider.base_url + "/images/edits"
    httpx.post(url, content=chunks(), headers=headers, trust_env=False)
    httpx.post(url, json={}, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False)
    assert [seen.error for seen in provider.log] == ["length_required", "invalid_type"]


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_can_be_written_into_the_prompt(provider, name):
    answer = post(provider, [*text(prompt=f"a jacket [[refuse {name}]]"), image()])
    assert answer.status_code == REFUSALS[name].status


def test_it_also_serves_as_a_process():
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.provider", "--key", "sk-other"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as server:
        base = server.stdout.readline().strip()
        control = base.removesuffix("/v1") + "/control"
        options = {"trust_env": False, "headers": {"Authorization": "Bearer sk-other"}}
        httpx.post(f"{control}/play", json=[{"refuse": "quota"}], **options)
        form = [*text(), image(), masked()]
        codes = [
            httpx.post(f"{base}/images/edits", files=form, **options).status_code for _ in "ab"
        ]
        log = httpx.get(f"{control}/log", **options).json()
        server.kill()
    assert codes == [429, 200]
    assert [(seen["error"], seen["charged"]) for seen in log] == [("quota", False), ("", True)]


def test_what_came_from_clients_that_are_gone_is_heard_before_the_next_test(provider):
    host, _, port = provider.root.rpartition("/")[2].partition(":")
    with socket.create_connection((host, int(port))) as gone:
        gone.sendall(b"GET /v1/models HTTP/1.1\r\nHost: here\r\n\r\n")
    provider.settle()
    assert [seen.path for seen in provider.log] == ["/v1/models"]


def test_a_play_may_be_always(provider):
    provider.always(Play(refuse="quota"))
    form = [*text(), image()]
    assert [post(provider, form).status_code for _ in "ab"] == [429, 429]
