"""The table that ships is whole and honest, and a broken one is refused by name."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import date

import pytest

from editor.capability.catalog import Catalog, load
from editor.capability.field import Choice, Extent, Flag, Number, Text, Whole, complaint
from editor.capability.flags import add_flags, flag, settings_from
from editor.capability.limits import Anything, Fixed, Free, legal
from editor.capability.price import estimate
from editor.capability.provider import Model, Provider
from editor.capability.values import on_the_wire, why_off
from editor.errors import InputProblem, TableError
from editor.imaging.geometry import Size
from editor.preferences.secrets import key_name

SHIPPED = load()
EVERY = [(provider, model) for provider in SHIPPED.providers for model in provider.models]
EVERY += [(each, each.model("made-up")) for each in SHIPPED.providers if each.unknown]
NAMES = [f"{provider.id}/{model.id}" for provider, model in EVERY]


def other_value(field):
    """A value that fits and is not the default."""
    match field:
        case Choice():
            return next((value for value in field.choices if value != field.default), None)
        case Whole() | Number():
            return field.maximum if field.maximum != field.default else field.minimum
        case Flag():
            return not field.default
        case Text():
            return "words"
        case Extent(rule=Fixed() as rule):
            return f"{rule.sizes[-1].width}x{rule.sizes[-1].height}"
        case Extent():
            return "1024x1024"


def in_force(model):
    """Settings in which every field that can be sent is sent."""
    settings = {field.name: other_value(field) for field in model.fields if not field.off}
    return {name: value for name, value in settings.items() if value is not None}


@pytest.mark.parametrize(("provider", "model"), EVERY, ids=NAMES)
def test_every_model_through_validation_flag_wire_and_price(provider, model):
    settings = in_force(model)
    for field in model.fields:
        assert complaint(field, field.default) == ""
        assert field.label
        assert field.group
        assert complaint(field, settings.get(field.name, field.default)) == ""

    parser = ArgumentParser(allow_abbrev=False)
    add_flags(parser, model.fields)
    typed = []
    for field in model.fields:
        value = settings.get(field.name)
        if isinstance(field, Flag) and value is not None:
            typed.append(flag(field) if value else flag(field).replace("--", "--no-"))
        elif value is not None:
            typed += [flag(field), str(value)]
    assert settings_from(parser.parse_args([]), model) == {}
    assert settings_from(parser.parse_args(typed), model) == settings

    assert on_the_wire(model, {}) == {}
    wire = {field.name: field.wire or field.name for field in model.fields}
    assert on_the_wire(model, settings) == {wire[name]: settings[name] for name in settings}

    for preset in model.presets.values():
        price = estimate(model, preset, Size(1024, 1024), 1)
        assert (price is None) == (model.prices is None)
        assert price is None or 0.0 <= price < 1.0


@pytest.mark.parametrize(("provider", "model"), EVERY, ids=NAMES)
def test_what_every_model_says_of_itself(provider, model):
    assert model.label
    assert model.source
    assert set(model.presets) == {"draft", "final"}
    assert model.field("prompt")
    assert model.field("count")
    assert (model.status == "ending") == (model.until is not None)
    for field in model.fields:
        assert why_off(field, model, in_force(model)) == field.off


def test_the_providers_and_models_that_are_offered():
    offered = {each.id: [model.id for model in each.models] for each in SHIPPED.providers}
    shipped = ["offline", "openai", "aa", "acedata", "applerouter", "openai-compatible"]
    assert list(offered) == shipped
    assert offered["offline"] == ["quick", "texture", "patch"]
    assert offered["openai"] == [
        "gpt-image-2",
        "gpt-image-2-2026-04-21",
        "gpt-image-2.5-sunburst",
        "gpt-image-2.5-sunburst-2026-09-08",
        "gpt-image-2.5-flare",
        "gpt-image-2.5-flare-2026-09-08",
        "gpt-image-2.6-sunburst",
        "gpt-image-2.6-flare",
        "gpt-image-1.5",
        "chatgpt-image-latest",
        "gpt-image-1-mini",
    ]


def test_how_openai_is_spoken_to():
    openai = SHIPPED.provider("openai")
    assert (openai.engine, openai.dialect, openai.auth) == ("remote", "form-edits", "bearer")
    assert openai.base_url + openai.path == "https://api.openai.com/v1/images/edits"
    assert openai.key_name == key_name("openai") == "FRISKET_KEY_OPENAI"
    assert replace(openai, id="my-own").key_name == "FRISKET_KEY_MY_OWN"
    assert (openai.check, openai.per_minute, openai.at_once) == ("/models", 20, 4)
    assert openai.key_page.startswith("https://platform.openai.com/")
    assert (openai.count, openai.image_field, openai.poll) == ("fan-out", "auto", "")
    assert (openai.mask_field, openai.mask_mode, openai.mask_polarity) == ("mask", "dual", "usual")
    assert (openai.headers, openai.custom, openai.note) == ({}, False, "")


@pytest.mark.parametrize("name", [model.id for model in SHIPPED.provider("openai").models])
def test_limits_of_openai(name):
    limits = SHIPPED.model("openai", name).limits
    assert (limits.pictures, limits.references, limits.prompt) == (16, 15, 32000)
    assert (limits.picture_bytes, limits.mask_bytes) == (50_000_000, 4_000_000)
    assert limits.formats == ("image/png", "image/jpeg", "image/webp")
    assert limits.native > 0
    free = "image-2" in name
    assert isinstance(limits.sizes, Free if free else Fixed)
    assert bool(legal(limits.sizes, Size(576, 1024)))
    assert bool(legal(limits.sizes, Size(3840, 2160))) != free


@pytest.mark.parametrize(
    ("name", "field", "choices"),
    [
        ("gpt-image-2", "quality", "auto low medium high"),
        ("gpt-image-2.5-flare", "quality", "auto low medium high xhigh max"),
        ("gpt-image-2.6-sunburst", "quality", "auto low medium high xhigh max"),
        ("gpt-image-2.6-sunburst", "complexity", "auto low medium high"),
        ("gpt-image-1.5", "quality", "auto low medium high"),
        ("gpt-image-1.5", "input_fidelity", "low high"),
        ("gpt-image-1-mini", "input_fidelity", "low"),
        ("gpt-image-2", "background", "auto opaque transparent"),
        ("gpt-image-2", "moderation", "auto low"),
        ("gpt-image-2", "output_format", "png jpeg webp"),
    ],
)
def test_choices_of_a_model(name, field, choices):
    found = SHIPPED.model("openai", name).field(field)
    assert isinstance(found, Choice)
    assert " ".join(found.choices) == choices
    assert not found.off


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("gpt-image-2", {"input_fidelity", "complexity", "markup", "response_format"}),
        ("gpt-image-2.5-flare", {"input_fidelity", "complexity", "markup", "response_format"}),
        ("gpt-image-2.6-flare", {"input_fidelity", "markup", "response_format"}),
        ("gpt-image-1.5", {"complexity", "markup", "response_format"}),
        ("made-up", {"input_fidelity", "complexity", "markup", "response_format", "moderation"}),
    ],
)
def test_what_is_off_says_why_in_a_sentence(name, off):
    fields = {field.name: field.off for field in SHIPPED.model("openai", name).fields if field.off}
    assert set(fields) == off | {"frame_count", "frame_duration_ms", "svg"}
    assert all(reason.endswith(".") and len(reason) <= 160 for reason in fields.values())


@pytest.mark.parametrize("name", ["gpt-image-1.5", "gpt-image-1-mini"])
def test_models_that_end_say_when(name):
    assert SHIPPED.model("openai", name).until == date(2026, 12, 1)


def test_a_dated_name_is_the_same_model():
    plain = SHIPPED.model("openai", "gpt-image-2")
    dated = SHIPPED.model("openai", "gpt-image-2-2026-04-21")
    assert dated.label == "GPT Image 2 (2026-04-21)"
    assert replace(dated, id=plain.id, label=plain.label) == plain


def test_an_unknown_name_gets_a_cautious_model():
    model = SHIPPED.model("openai", "gpt-image-9")
    assert (model.id, model.label, model.status) == ("gpt-image-9", "gpt-image-9", "unknown")
    assert model.prices is None
    assert model.until is None
    assert isinstance(model.limits.sizes, Fixed)


@pytest.mark.parametrize("name", ["", "  "])
def test_no_name_is_no_model(name):
    with pytest.raises(InputProblem, match="OpenAI has no model"):
        SHIPPED.model("openai", name)


def test_this_computer_knows_its_own_models_only():
    with pytest.raises(InputProblem, match="This computer has no model magic; it has quick, "):
        SHIPPED.model("offline", "magic")


def test_the_models_of_this_computer():
    for model in SHIPPED.provider("offline").models:
        assert isinstance(model.limits.sizes, Anything)
        assert (model.needs_prompt, model.needs_mask, model.mask) == (False, True, True)
        assert model.limits.references == 0


def test_an_unknown_provider_is_refused_with_those_there_are():
    with pytest.raises(InputProblem, match="no provider nobody; there are offline, openai"):
        SHIPPED.provider("nobody")


def test_a_field_that_a_model_does_not_have():
    assert Model(id="m", label="M").field("size") is None


def test_a_catalog_is_what_it_is_made_of():
    provider = Provider(id="p", label="P", engine="offline", models=(Model(id="m", label="M"),))
    catalog = Catalog((provider,))
    assert catalog.provider("p") is provider
    assert catalog.model("p", "m") is provider.models[0]


FIELDS = """
[fields.prompt]
kind = "text"
label = "Prompt"
longest = 99
"""
WHOLE = """
label = "P"
engine = "offline"
[[models]]
id = "a"
label = "A"
fields = ["prompt"]
presets = { draft = {}, final = {} }
"""


@pytest.fixture
def table(tmp_path):
    (tmp_path / "fields.toml").write_text(FIELDS)

    def written(text, name="p.toml"):
        (tmp_path / name).write_text(text)
        return tmp_path

    return written


def test_a_small_table_is_read(table):
    model = load(table(WHOLE)).model("p", "a")
    assert model.limits.prompt == 99
    assert model.prices is None


def test_offline_and_openai_come_first_and_the_others_by_name(table):
    for name in ("openai", "b", "a"):
        table(WHOLE, f"{name}.toml")
    found = load(table(WHOLE, "offline.toml"))
    assert [provider.id for provider in found.providers] == ["offline", "openai", "a", "b"]


def test_a_model_may_be_like_one_of_another_provider(table):
    priced = WHOLE + 'source = "s"\ndoubt = "d"\nprices = { picture = 1.0 }\n'
    table(priced, "a.toml")
    other = WHOLE.replace('fields = ["prompt"]', 'like = "a/a"').replace("presets", "# ")
    model = load(table(other, "b.toml")).model("b", "a")
    assert model == replace(load(table(priced, "a.toml")).model("a", "a"), **NOT_TAKEN)
    unknown = '[unknown]\nlike = "a"\n'
    assert load(table(priced + unknown, "a.toml")).model("a", "x").prices is not None


NOT_TAKEN = {"prices": None, "source": "", "doubt": ""}


STREAMS = """
[fields.stream]
kind = "flag"
label = "Stream"
default = false
"""


def test_where_streams_break_nothing_is_streamed(table):
    (table(WHOLE) / "fields.toml").write_text(FIELDS + STREAMS)
    streaming = WHOLE.replace('["prompt"]', '["prompt", "stream"]')
    streaming = streaming.replace("final = {}", "final = { stream = true }")
    model = load(table(streaming)).model("p", "a")
    assert model.presets["final"] == {"stream": True}
    model = load(table("stream = false" + streaming)).model("p", "a")
    assert model.presets["final"] == {}
    assert why_off(model.field("stream"), model, {}) == "This profile says that streams break here."


def test_a_model_without_prompt_has_no_length_for_one(table):
    assert load(table(WHOLE.replace('"prompt"', ""))).model("p", "a").limits.prompt == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[models]]", "[[models", "p.toml: "),
        ("[[models]]", "[[unknown]]", "at p: a provider needs a model"),
        ("[[models]]", "[models]", "at p: models is no table"),
        ("[[models]]", "[[unknown]]\nid = 3\n[[models]]", "at p: unknown is no table"),
        ('id = "a"', "", "at p: a model needs an id"),
        ('fields = ["prompt"]', 'fields = ["hue"]', "p/a/hue: fields.toml does not know it"),
        ('label = "A"', 'like = "b"', "p/a: it is like b, which does not stand above it"),
        ('label = "A"', "", "p/a: missing key 'label'"),
        (", final = {}", "", "p/a: a model has the presets draft and final"),
        ("draft = {}", "draft = { hue = 1 }", "p/a/draft: there is no field hue"),
        ('label = "A"', 'label = "A"\nstatus = "old"', "p/a: status is not one of current"),
        ('engine = "offline"', 'engine = "steam"', "at p: engine is not one of remote, offline"),
        ('engine = "offline"', 'engine = "offline"\nauth = "cookie"', "at p: auth is not one of"),
        ('engine = "offline"', 'engine = "offline"\ncount = "many"', "at p: count is not one of"),
        ('engine = "offline"', 'engine = "offline"\nmask_mode = "k"', "at p: mask_mode is not one"),
        ('engine = "offline"', 'engine = "offline"\ncolour = 1', "at p: unexpected key 'colour'"),
        ("presets =", "prices = { rate = 1 }\npresets =", "p/a: missing key"),
        ("presets =", 'snapshots = ["a"]\npresets =', "p/a: the model is there twice"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_by_name(table, old, new, said):
    assert old in WHOLE
    with pytest.raises(TableError) as refused:
        load(table(WHOLE.replace(old, new)))
    assert said in str(refused.value)


def test_a_profile_has_a_name_that_an_environment_variable_can_carry(table):
    with pytest.raises(TableError, match="small letters, digits and hyphens"):
        load(table(WHOLE, "My Own.toml"))


def test_two_models_of_one_name_are_refused(table):
    twice = WHOLE + WHOLE[WHOLE.index("[[models]]") :]
    with pytest.raises(TableError, match="p/a: the model is there twice"):
        load(table(twice))
