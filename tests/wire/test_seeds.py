"""The documents that the providers come from: what they say is in the profiles and can be sent.

seeds.toml holds what they say. Each field of each document is sent here with each of its values
by the dialect of its profile, as the document types it; nothing else is sent; and the loopback
provider insists on the same fields, models, paths and bounds.
"""

import base64
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from editor.capability.catalog import load
from editor.capability.field import Choice, Extent, Flag, Text, Whole, complaint
from editor.capability.limits import Fixed, Free
from editor.edits.events import Accepted, Picture
from editor.providers.dialect import Message
from editor.providers.table import dialect
from editor.transport.connection import HEADERS
from editor.transport.upload import request_for
from tests.fakes.framing import framed
from tests.fakes.rules import Wish
from tests.fakes.speaking.mounts import MOUNTS

SEEDS = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text("utf-8"))["seed"]
CATALOG = load()
PNG = b"\x89PNG\r\n\x1a\n picture"
PLACES = {"image", "images", "mask"}
TOP = {"model", "prompt", *PLACES}

by_number = pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"seed-{seed['number']}")
FIELDS = [(seed, name) for seed in SEEDS for name in seed["fields"] if name not in TOP]
each_field = pytest.mark.parametrize(
    ("seed", "name"), FIELDS, ids=[f"seed-{seed['number']}-{name}" for seed, name in FIELDS]
)


def profile(seed):
    found = CATALOG.provider(seed["profile"])
    return replace(found, base_url=found.base_url or "https://compatible.example/v1")


def takers(seed, name):
    """Models that take a field, with that field, which goes by a wire name."""
    told = seed["fields"][name]
    for id in told.get("only", [model.id for model in profile(seed).models]):
        model = profile(seed).model(id)
        for field in model.fields:
            if (field.wire or field.name) == name and not field.off:
                yield model, field


def values(told):
    """Every value that a document allows, or a few of many."""
    match told["type"]:
        case "word":
            return told["words"]
        case "whole":
            return [told["least"], told["most"], (told["least"] + told["most"]) // 2]
        case "flag":
            return [True, False]
        case "text":
            return ["https://words.example/and-more"]
    raise AssertionError(told)


def sent(seed, model, way="form", **settings):
    """What goes out of the parameters: by name, as text in a form, as values in JSON."""
    provider = replace(profile(seed), count="native")
    if way == "json" and model.field("transport"):
        settings |= {"transport": "json"}
    (call,) = dialect(provider.dialect).encode(framed(**settings), provider, model)
    if call.json is not None:
        return dict(call.json)
    assert all(isinstance(part.content, str) for part in call.form if not part.filename)
    return {part.name: part.content for part in call.form}


@by_number
def test_where_an_edit_is_asked_for(seed):
    provider = profile(seed)
    for path in seed["paths"]:
        for id in seed["models"]:
            model = provider.model(id)
            edit = framed(**({"path": path} if model.field("path") else {}))
            (call,) = dialect(provider.dialect).encode(edit, provider, model)
            base = seed["base"] or "https://compatible.example"
            assert (call.method, call.url) == (seed["method"], base + path)


@by_number
def test_which_headers_go_along(seed):
    headers = seed["headers"]
    provider = profile(seed)
    assert headers["authorization"] == "Bearer KEY"
    assert provider.auth == "bearer"
    assert headers.get("accept", "application/json") in HEADERS["Accept"]
    kinds = headers.get("content-type", "multipart/form-data")
    for way, kind in zip(seed["ways"], [kinds] if isinstance(kinds, str) else kinds, strict=True):
        model = provider.model(seed["models"][0])
        settings = {"transport": way} if model.field("transport") else {}
        (call,) = dialect(provider.dialect).encode(framed(**settings), provider, model)
        request = request_for(call, {})
        assert request.headers["content-type"].partition(";")[0] == kind
        assert request.headers["content-length"] == str(len(request.read()))


@by_number
def test_every_model_is_in_the_profile_and_the_doubtful_say_why(seed):
    models = {model.id: model for model in profile(seed).models}
    assert set(seed["models"]) <= set(models)
    for id in seed["models"]:
        assert bool(models[id].doubt) == (id in seed.get("doubted", ()))
    assert not profile(seed).models[0].doubt


@each_field
def test_every_field_is_in_the_profile_with_its_type(seed, name):
    told = seed["fields"][name]
    found = list(takers(seed, name))
    assert found, f"no model of {seed['profile']} takes {name}"
    for model, field in found:
        match told["type"]:
            case "whole":
                assert isinstance(field, Whole)
                assert (field.minimum, field.maximum) == (told["least"], told["most"])
            case "flag":
                assert isinstance(field, Flag)
            case "text":
                assert isinstance(field, Text | Extent)
            case _:
                assert isinstance(field, Choice | Extent)
        if name != "input_fidelity" and not model.doubt:
            assert bool(field.doubt) == told.get("doubt", False)


@each_field
def test_every_value_of_every_field_can_be_sent(seed, name):
    """A value that is a field's default is what the provider does without it: it is left out."""
    told = seed["fields"][name]
    for value in values(told):
        if name == "size" and not is_size(value):
            continue
        accepted = [pair for pair in takers(seed, name) if not complaint(pair[1], value)]
        assert accepted, f"no model takes {name} = {value}"
        for model, field in accepted:
            for way in seed["ways"]:
                needs = {need: allowed[0] for need, allowed in field.only_with.items()}
                out = sent(seed, model, way, **{**needs, field.name: value})
                if value == field.default:
                    assert name not in out
                else:
                    assert out[name] == as_sent(value, way)


def is_size(value):
    return value[0].isdigit()


def as_sent(value, way):
    if way == "json":
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


@by_number
def test_nothing_is_sent_that_the_document_does_not_name(seed):
    documents = [other for other in SEEDS if other["profile"] == seed["profile"]]
    for id in seed["models"]:
        model = profile(seed).model(id)
        everything = {field.name: other_value(field) for field in model.fields if not field.off}
        everything |= {"image_from": "", "mask_from": "", "transport": "form"}
        for way in seed["ways"]:
            names = {name.removesuffix("[]") for name in sent(seed, model, way, **everything)}
            assert names <= {name for each in documents for name in each["fields"]}


def other_value(field):
    match field:
        case Choice():
            return next(value for value in field.choices[::-1] if value != field.default)
        case Whole():
            return field.maximum if field.maximum != field.default else field.minimum
        case Flag():
            return not field.default
        case Extent():
            return "1024x1024"
    return "words"


@by_number
def test_the_limits_of_every_model(seed):
    image, prompt = seed["fields"].get("image", {}), seed["fields"]["prompt"]
    image = image or seed["fields"]["images"]
    for id in seed["models"]:
        limits = profile(seed).model(id).limits
        longest = seed.get("prompts", {}).get(id, prompt.get("longest", limits.prompt))
        assert limits.prompt == longest
        if id == "dall-e-2":
            assert (limits.pictures, limits.picture_bytes, limits.prompt) == (1, 4_000_000, 1000)
            assert limits.formats == ("image/png",)
            assert all(width == height for width, height in limits.sizes.sizes)
            continue
        assert limits.pictures == image.get("most", limits.pictures)
        assert limits.picture_bytes == image.get("below", limits.picture_bytes)
        if profile(seed).model(id).mask:
            assert limits.mask_bytes == seed["fields"].get("mask", {}).get("below", 4_000_000)


@by_number
def test_the_sizes_of_every_model(seed):
    for id, sizes in seed.get("sizes", {}).items():
        rule = profile(seed).model(id).limits.sizes
        assert isinstance(rule, Fixed)
        assert {f"{width}x{height}" for width, height in rule.sizes} == set(sizes)
    for id, rule in seed.get("rules", {}).items():
        assert profile(seed).model(id).limits.sizes == Free(**rule)
    for id, sizes in seed.get("offered", {}).items():
        assert profile(seed).model(id).field("size").usual == tuple(sizes)


@by_number
def test_a_document_that_wants_alpha_is_never_asked_without_a_mask(seed):
    for id in seed["models"]:
        assert profile(seed).model(id).needs_mask == seed.get("own_alpha", False)
    assert profile(seed).own_alpha == seed.get("own_alpha", False)


@by_number
def test_the_answer_of_the_document_is_understood(seed):
    provider = profile(seed)
    speech = dialect(provider.dialect)
    (call,) = speech.encode(framed(), provider, provider.models[0])
    for carrier in seed["carriers"]:
        body = filled(seed["answer"], carrier)
        (found,) = speech.decode(Message(call, json.dumps(body).encode()))
        if carrier == "b64_json":
            assert isinstance(found, Picture)
            assert found.data == PNG
        else:
            assert (found.purpose, found.url) == ("fetch", "https://cdn.example/1.png")
        inner = {**body, **(body["data"] if isinstance(body["data"], dict) else {})}
        for name in inner.keys() - {"data", "urls", "code", "message"}:
            assert found.facts[name] == inner[name]


def filled(shape, carrier):
    """An answer of this shape that carries its picture one way."""
    if isinstance(shape, dict):
        other = {"url": "b64_json", "b64_json": "url"}.get(carrier)
        return {name: filled(value, carrier) for name, value in shape.items() if name != other}
    if isinstance(shape, list):
        return [filled(each, carrier) for each in shape]
    known = {"ADDRESS": "https://cdn.example/1.png", "PICTURE": base64.b64encode(PNG).decode()}
    return known.get(shape, shape) if isinstance(shape, str) else shape


@by_number
def test_a_task_of_the_document_is_understood(seed):
    if "task" not in seed:
        return
    provider = profile(seed)
    speech = dialect(provider.dialect)
    (call,) = speech.encode(framed(), provider, provider.models[0])
    told, poll = speech.decode(Message(call, json.dumps(seed["task"]).encode()))
    assert told == Accepted(seed["task"]["task_id"])
    assert poll.purpose == "poll"


# -- the loopback provider ---------------------------------------------------------


def speaker(seed):
    return MOUNTS[f"/{seed['profile']}"]


def together(profile):
    """Everything that the documents of one profile say of each field."""
    found = {}
    for seed in SEEDS:
        if seed["profile"] == profile:
            for name, told in seed["fields"].items():
                found.setdefault(name, []).append(told)
    return found


PROFILES = sorted({seed["profile"] for seed in SEEDS})
by_profile = pytest.mark.parametrize("id", PROFILES)


@by_profile
def test_loopback_serves_the_paths_and_models_of_the_documents(id):
    seeds = [seed for seed in SEEDS if seed["profile"] == id]
    rules = MOUNTS[f"/{id}"].rules
    assert rules.models == {model for seed in seeds for model in seed["models"]}
    paths = {urlsplit(seed["base"]).path + path for seed in seeds for path in seed["paths"]}
    assert set(MOUNTS[f"/{id}"].paths) == paths
    ways = {way for seed in seeds for way in seed["ways"]}
    assert ("form" in ways, "json" in ways) == (MOUNTS[f"/{id}"].form, bool(MOUNTS[f"/{id}"].json))


@by_profile
def test_loopback_insists_on_the_fields_of_the_documents(id):
    rules, fields = MOUNTS[f"/{id}"].rules, together(id)
    assert rules.values.keys() == fields.keys() - TOP - {"size"}
    for name, value in rules.values.items():
        told = fields[name]
        assert value.kind in {each["type"] for each in told}
        if value.kind == "word":
            assert value.words == {word for each in told for word in each["words"]}
        if value.kind == "whole":
            assert value.span in {(each["least"], each["most"]) for each in told}


@by_number
def test_loopback_insists_on_the_sizes_of_the_documents(seed):
    fits = speaker(seed).rules.fits
    for sizes in (seed.get("sizes", {}), seed.get("offered", {})):
        for id, known in sizes.items():
            assert all(fits(id, *map(int, size.split("x"))) for size in known)
            assert not fits(id, 1000, 1000)
    assert speaker(seed).rules.own_alpha == seed.get("own_alpha", False)


@by_number
def test_loopback_answers_in_the_shape_of_the_documents(seed):
    for id in seed["models"]:
        wish = Wish(id, "words", [], None, {"size": "1024x1024"})
        for carried in ({"url": "https://cdn.example/1.png"}, {"b64_json": "AAAA"}):
            said = speaker(seed).body(wish, [carried], "t-1")
            also = {"success", "task_id", "trace_id", "elapsed"}  # what AceData adds to the newest
            assert said.keys() - also <= seed["answer"].keys()
            assert said.keys() >= seed["answer"].keys() - {
                "background", "output_format", "quality", "size", "usage",
            }  # fmt: skip
