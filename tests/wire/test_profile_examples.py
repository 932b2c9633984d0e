"""The example profiles that ship write what the documents of their servers say; none was run."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from editor.capability.profile import checked, examples, template
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.preferences.secrets import Secret
from editor.providers.table import dialect
from editor.transport.credentials import credentials
from editor.transport.upload import request_for
from tests.fakes.framing import framed

KEY = Secret("sk-fake-0123456789abcdef")
BY_NAME = {"custom": template(), **examples()}


def profile(name):
    return checked(BY_NAME[name], f"my-{name}")


def call_of(provider, edit=None):
    edit = edit or framed(size="512x512")
    (call,) = dialect(provider.dialect).encode(edit, provider, provider.models[0])
    return call


def files(call):
    return [(part.name, part.filename, part.media_type) for part in call.form if part.filename]


def mask(call):
    (part,) = [part for part in call.form if part.filename == "mask.png"]
    return np.asarray(Image.open(io.BytesIO(part.content)))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_example_can_be_written(name):
    provider = profile(name)
    request = request_for(call_of(provider), {})
    assert request.headers["content-length"] == str(len(request.read()))
    assert str(request.url) == provider.url(provider.path)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_example_frames_a_picture_in_a_size_that_its_model_takes(name):
    provider = profile(name)
    model = provider.models[0]
    source = framed().source
    pixels = np.tile(source.pixels, (300, 200, 1))
    coverage = np.zeros(pixels.shape[:2], np.uint8)
    coverage[500:600, 500:640] = 255
    request = EditRequest(
        replace(source, pixels=pixels),
        coverage,
        "a red jacket",
        provider.id,
        model.id,
        frame=Frame.BALANCED,
    )
    edit = frame(request, model)
    assert edit.source.size == edit.placement.sent
    assert (edit.mask is None) == (not model.mask)
    call_of(provider, edit)


def test_azure_has_a_key_of_its_own_kind_and_a_version_in_its_path():
    provider = profile("azure")
    call = call_of(provider)
    assert call.url == (
        "https://your-resource.openai.azure.com/openai/v1/images/edits?api-version=preview"
    )
    assert credentials(provider, KEY, call.url) == {"api-key": KEY.reveal()}
    assert [each[0] for each in files(call)] == ["image", "mask"]
    assert "webp" not in provider.models[0].field("output_format").choices
    assert provider.models[0].field("transport").off


def test_litellm_is_sent_nothing_that_it_leaves_aside():
    provider = profile("litellm")
    every = {"output_format": "webp", "stream": True, "partial_images": 2, "moderation": "low"}
    call = call_of(provider, framed(quality="low", size="1024x1024", **every))
    texts = [part.name for part in call.form if not part.filename]
    assert texts == ["model", "prompt", "size", "quality"]
    assert provider.auth == "bearer"


def test_vllm_omni_has_a_mask_by_another_name():
    call = call_of(profile("vllm-omni"), framed(references=1))
    assert files(call) == [
        ("image[]", "image-1.png", "image/png"),
        ("image[]", "image-2.png", "image/png"),
        ("mask_image", "mask.png", "image/png"),
    ]
    assert profile("vllm-omni").auth == "none"


def test_stable_diffusion_cpp_reads_white_as_the_edit_and_no_alpha():
    call = call_of(profile("stable-diffusion-cpp"))
    assert [each[0] for each in files(call)] == ["image[]", "mask"]
    pixels = mask(call)
    assert (pixels[framed().mask == 255] == 255).all()
    assert (pixels[framed().mask == 0] == (0, 0, 0, 255)).all()


def test_localai_fills_a_mask_at_one_size():
    provider = profile("localai")
    model = provider.models[0]
    assert call_of(provider).url == "http://localhost:8080/v1/images/inpainting"
    assert (model.needs_mask, model.limits.sizes.sizes) == (True, ((512, 512),))
    assert (mask(call_of(provider))[framed().mask == 255] == 255).all()


def test_xai_takes_json_without_a_mask():
    provider = profile("xai")
    call = call_of(provider)
    assert call.url == "https://api.x.ai/v1/images/edits"
    assert set(call.json) == {"model", "prompt", "image"}
    assert set(call.json["image"]) == {"url", "type"}
    several = call_of(provider, framed(references=2, response_format="b64_json")).json
    assert (len(several["images"]), several["response_format"]) == (3, "b64_json")
