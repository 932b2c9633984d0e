"""Which parameters are sent, and where."""

from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.providers.wish import address, named, parameters, takes_mask, wants_json
from tests.fakes.framing import framed

CATALOG = load()
OPENAI = CATALOG.provider("openai")
ACEDATA = CATALOG.provider("acedata")
MODEL = OPENAI.model("gpt-image-2")


def test_what_says_how_and_where_is_no_parameter():
    edit = framed(
        quality="low", transport="json", image_from="a", mask_from="b", prompt="words", count=3
    )
    assert parameters(edit, OPENAI, MODEL) == {"quality": "low"}
    edit = framed(path="/v1/images/edits", size="1024x1024")
    assert parameters(edit, ACEDATA, ACEDATA.models[0]) == {"size": "1024x1024"}


def test_a_number_of_pictures_is_sent_to_those_who_honour_it():
    edit = framed(count=3)
    assert parameters(edit, replace(OPENAI, count="native"), MODEL) == {"n": 3}


@pytest.mark.parametrize("wanted", ["url", "b64_json"])
def test_a_profile_may_always_say_how_the_picture_comes(wanted):
    profile = replace(OPENAI, response_format=wanted)
    assert parameters(framed(), profile, MODEL) == {"response_format": wanted}
    other = replace(CATALOG.provider("openai-compatible"), response_format=wanted)
    model = other.model("dall-e-2")
    for chosen in ("url", "b64_json"):
        asked = parameters(framed(response_format=chosen), other, model)
        assert asked == {"response_format": chosen}


def test_the_path_is_the_profiles_own_or_the_chosen_one():
    assert address(framed(), OPENAI, MODEL) == "https://api.openai.com/v1/images/edits"
    model = ACEDATA.models[0]
    assert address(framed(), ACEDATA, model) == "https://api.acedata.cloud/openai/images/edits"
    edit = framed(path="/v1/images/edits")
    assert address(edit, ACEDATA, model) == "https://api.acedata.cloud/v1/images/edits"
    assert address(edit, OPENAI, MODEL) == "https://api.openai.com/v1/images/edits"


def test_json_where_there_is_a_choice():
    assert wants_json(framed(transport="json"), MODEL)
    assert not wants_json(framed(), MODEL)
    assert not wants_json(framed(transport="json"), CATALOG.model("applerouter", "dall-e-2"))


def test_addresses_are_words():
    assert named({}, "image_from") == []
    assert named({"image_from": " a\n b "}, "image_from") == ["a", "b"]


@pytest.mark.parametrize("profile", [CATALOG.provider(id) for id in ("openai", "acedata", "aa")])
def test_a_mask_goes_along_where_there_is_a_place_for_it(profile):
    model = profile.models[0]
    assert takes_mask(framed(), profile, model)
    assert takes_mask(framed(transport="json"), profile, model) == (profile is not ACEDATA)
    bare = replace(profile, dialect="json-edits", json_images="addresses")
    for nowhere in (bare, replace(profile, mask_mode="off"), replace(profile, mask_field="")):
        assert not takes_mask(framed(), nowhere, model)
    assert not takes_mask(framed(), profile, replace(model, mask=False))
