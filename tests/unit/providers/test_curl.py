"""A command for curl asks the same as the program does, and holds no key."""

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.catalog import load
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.imaging.raster import Raster
from editor.providers.curl import BODY, curl
from editor.providers.dialect import Call, Part
from editor.providers.table import dialect
from tests.fakes.provider import KEY, serving

PLACE = load().provider("openai")
PROFILES = ("openai", "openai-compatible", "acedata", "aa", "applerouter")


def words(command):
    return shlex.split(command.text.replace("\\\n", " "))


def values(command, flag):
    found = words(command)
    return [found[at + 1] for at, word in enumerate(found) if word == flag]


def call_of(provider, prompt="a red jacket", settings=None):
    model = provider.models[0]
    pixels = np.full((1024, 1024, 4), 200, np.uint8)
    pixels[..., 3] = 255
    coverage = np.zeros((1024, 1024), np.uint8)
    coverage[300:500, 200:600] = 255
    wish = EditRequest(
        Raster(pixels), coverage, prompt, provider.id, model.id, settings=settings or {},
        frame=Frame.WHOLE,
    )  # fmt: skip
    return dialect(provider.dialect).encode(frame(wish, model), provider, model)[0]


def test_a_form_names_its_parts_in_order_and_brings_its_files():
    call = call_of(PLACE, "it's @night; <b>\nwet", {"quality": "low"})
    command = curl(call, PLACE)
    assert command.files.keys() == {"image-1.png", "mask.png"}
    texts = [f"{part.name}={part.content}" for part in call.form if not part.filename]
    assert values(command, "--form-string") == texts
    assert "prompt=it's @night; <b>\nwet" in texts
    assert values(command, "-F") == [
        "image=@image-1.png;type=image/png", "mask=@mask.png;type=image/png",
    ]  # fmt: skip
    assert words(command)[:2] == ["curl", PLACE.base_url + PLACE.path]
    assert '-H "Authorization: Bearer $FRISKET_KEY_OPENAI"' in command.text


def test_a_json_body_is_a_file():
    call = Call("POST", "https://a.example/v1", json={"prompt": "x", "n": 1})
    command = curl(call, replace(PLACE, auth="api-key", id="my-place"))
    assert json.loads(command.files[BODY]) == {"prompt": "x", "n": 1}
    assert values(command, "--data-binary") == ["@request.json"]
    assert 'api-key: $FRISKET_KEY_MY_PLACE"' in command.text
    assert "Content-Type: application/json" in values(command, "-H")


def test_what_has_no_body():
    get, post = Call("GET", "https://a.example/t"), Call("POST", "https://a.example/t")
    bare = replace(PLACE, auth="none")
    assert words(curl(get, bare)) == ["curl", "https://a.example/t"]
    assert words(curl(post, bare)) == ["curl", "https://a.example/t", "-X", "POST"]


def test_headers_that_may_hold_a_key_are_shown_without_it():
    headers = {"X-Api-Key": "sk-hidden", "api-version": "it's 2"}
    call = Call("GET", "https://a.example", headers={"Accept": "image/png"})
    command = curl(call, replace(PLACE, auth="none", headers=headers))
    assert "sk-hidden" not in command.text
    assert values(command, "-H") == [
        "X-Api-Key: HIDDEN",
        "api-version: it's 2",
        "Accept: image/png",
    ]


def test_a_name_that_no_shell_knows_asks_for_the_key_in_words():
    call = Call("GET", "https://a.example")
    assert "Authorization: Key YOUR_KEY" in curl(call, replace(PLACE, auth="key", id="a b")).text


def test_a_part_of_no_known_kind_has_none():
    part = Part("image", b"x", "x.bin")
    assert values(curl(Call("POST", "https://a", form=[part]), PLACE), "-F") == ["image=@x.bin"]


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_no_text_leaves_its_quotes(text):
    command = curl(Call("POST", "https://a.example", form=[Part("prompt", text)]), PLACE)
    assert shlex.split(re.sub(r"^curl \S+ \\\n  -H \S+ \S+ \S+ \\\n  ", "", command.text)) == [
        "--form-string", f"prompt={text}",
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl; the tests above read the words")
@pytest.mark.parametrize("profile", PROFILES)
def test_curl_itself_gets_a_picture_for_it(profile, tmp_path):
    with serving() as served:
        known = load().provider(profile)
        place = replace(known, base_url=served.base_for(known))
        command = curl(call_of(place), place)
        for name, data in command.files.items():
            (tmp_path / name).write_bytes(data)
        done = subprocess.run(
            ["sh", "-c", command.text + " -s -w '\\n%{http_code}'"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], place.key_name: KEY},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert done.stdout.rsplit("\n", 1)[1] == "200", done.stdout[:400]
    assert [seen.error for seen in served.log if seen.digest] == [""]
    assert KEY not in command.text
