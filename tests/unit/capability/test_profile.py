"""A profile is checked while it is written, and every fault is told by its line."""

import re
import tomllib

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.catalog import load, shipped
from editor.capability.profile import Fault, checked, examples, template
from editor.capability.provider import Provider
from editor.preferences.places import profiles_folder

_, BASE = shipped()
TEMPLATE = template()


def only(text, id="mine"):
    """The one fault of a text, as line and words."""
    (fault,) = checked(text, id)
    assert isinstance(fault, Fault)
    return fault.line, str(fault.sentence)


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_the_template_is_a_provider():
    provider = checked(TEMPLATE, "mine")
    assert isinstance(provider, Provider)
    assert (provider.id, provider.label, provider.custom) == ("mine", "My server", True)
    assert provider.model("gpt-image-2").prices is None
    assert provider.model("anything").status == "unknown"


def test_the_template_is_what_would_be_loaded():
    (profiles_folder() / "mine.toml").write_text(TEMPLATE)
    assert load().provider("mine") == checked(TEMPLATE, "mine")


SETTINGS = set(Provider.__dataclass_fields__) - {"id", "custom"}


def test_the_template_has_every_setting_with_a_remark():
    assert set(tomllib.loads(TEMPLATE)) == SETTINGS
    lines = TEMPLATE.splitlines()
    for setting in SETTINGS - {"models", "unknown", "engine", "per_minute"}:
        at = next(n for n, line in enumerate(lines) if re.match(rf"{setting} *=", line))
        assert lines[at - 1].startswith("#"), setting


def test_every_word_of_a_setting_stands_in_the_template():
    for setting in ("dialect", "auth", "image_field", "json_images", "mask_mode", "mask_polarity"):
        wrong = re.sub(rf"^{setting} *=.*$", f'{setting} = "?"', TEMPLATE, flags=re.MULTILINE)
        line, said = only(wrong)
        assert line == line_of(wrong, f'{setting} = "?"')
        for word in said.partition("one of ")[2].split(", "):
            assert re.search(rf"^# .*{re.escape(word)}\b|^#   {re.escape(word)} ", TEMPLATE, re.M)


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_examples_are_providers_that_were_not_run(name):
    provider = checked(examples()[name], name)
    assert isinstance(provider, Provider), provider
    assert provider.note.startswith("From documents, not run.")


def test_there_is_an_example_for_every_server_that_is_named():
    known = "azure litellm localai stable-diffusion-cpp vllm-omni xai"
    assert sorted(examples()) == known.split()


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('label = "My server"', "label = ", "label = ", "this is no TOML: Invalid value"),
        ('label = "My server"', "label = 3", "label = 3", "label is not text in quotes"),
        ("at_once = 4", 'at_once = "4"', "at_once =", "at_once is not a whole number"),
        ("at_once = 4", "at_onse = 4", "at_onse", "unexpected key 'at_onse'"),
        ('auth = "bearer"', 'auth = "cookie"', "cookie", "auth is not one of bearer, api-key,"),
        ('"http://localhost:8000"', '"localhost"', '"localhost"', "base_url is no address"),
        ('label = "GPT Image 2"', "label = 3", "label = 3", "label is not text in quotes"),
        ('like = "openai/gpt-image-2"', 'like = "x"', 'like = "x"', "it is like x, which does not"),
        ('like = "openai/gpt-image-1.5"', 'like = "y"', 'like = "y"', "it is like y, which does"),
        ('id = "gpt-image-2"', "", "# A provider", "a model needs an id"),
        (
            'like = "openai/gpt-image-2"',
            'like = "openai/gpt-image-2"\nfields = [\n  "prompt",\n  "hue",\n]',
            '"hue"',
            "fields.toml does not know it",
        ),
        (
            'like = "openai/gpt-image-2"',
            'like = "openai/gpt-image-2"\nlimits.pictures = "two"',
            "[[models]]",
            "pictures is not a whole number",
        ),
        (
            'like = "openai/gpt-image-2"',
            'like = "openai/gpt-image-2"\n[models.presets]\ndraft = { hue = 1 }\nfinal = {}',
            "draft",
            "there is no field hue",
        ),
    ],
)
def test_a_fault_is_told_by_its_line(old, new, line, said):
    assert old in TEMPLATE
    text = TEMPLATE.replace(old, new, 1)
    where, told = only(text)
    assert told.startswith(said)
    assert where == line_of(text, line)


def test_several_faults_are_told_at_once():
    text = TEMPLATE.replace("at_once = 4", "at_once = true").replace(
        "stream = true", "steam = true"
    )
    faults = checked(text, "mine")
    assert {fault.line for fault in faults} == {
        line_of(text, "at_once = t"),
        line_of(text, "steam"),
    }


def test_a_text_that_ends_too_early():
    assert only('label = "My') == (1, "this is no TOML: Unterminated string")
    assert only('label = "M"\n[[models') == (
        2,
        "this is no TOML: Expected ']]' at the end of an array declaration",
    )
    assert only("") == (1, "a provider needs a model")


def test_an_address_and_a_free_name_are_wanted():
    text = TEMPLATE.replace('"http://localhost:8000"', '""')
    assert only(text) == (1, "base_url is missing: say where your server is")
    assert only(TEMPLATE, "openai") == (1, "there is already a provider of the name openai")
    line, said = only(TEMPLATE, "My server")
    assert said.startswith("the name of a profile has small letters")
    assert line == 1


def test_checking_leaves_the_table_as_it_is():
    before = dict(BASE.models)
    assert isinstance(checked(TEMPLATE, "mine", BASE), Provider)
    assert BASE.models == before


ODD = st.recursive(
    st.none().map(lambda _: "") | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "name", "like", "fields", "sizes", "choices", "low", "draft"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=6,
)
PLACES = st.sampled_from(
    [
        *((name,) for name in sorted(SETTINGS)),
        *(("models", 0, name) for name in ("id", "label", "like", "fields", "limits", "presets")),
        *(("models", 0, "limits", name) for name in ("sizes", "pictures", "formats", "native")),
        *(("models", 0, "limits", "sizes", name) for name in ("multiple", "longest", "choices")),
        ("models", 0, "prices"),
        ("models", 0, "prices", "output"),
        ("models", 0, "snapshots"),
        ("models", 0, "fields", 0),
        ("models", 0, "fields", 0, "name"),
        ("models", 0, "fields", 0, "only_with"),
        ("models", 0, "fields", 0, "choices"),
        ("models", 0, "fields", 0, "default"),
        ("models", 0, "presets", "draft"),
        ("unknown", "fields"),
    ]
)


@given(PLACES, ODD)
def test_whatever_is_written_it_is_a_provider_or_faults(place, value):
    entry = tomllib.loads(TEMPLATE)
    model = entry["models"][0]
    model |= {
        "limits": {"sizes": {"multiple": 16, "longest": 64, "most": 4096}},
        "fields": [{"name": "quality", "only_with": {}}],
        "presets": {"draft": {}, "final": {}},
        "prices": {"text_in": 1.0, "output": {}},
    }
    inside = entry
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    found = checked(tomli_w.dumps(entry), "mine", BASE)
    assert isinstance(found, Provider) or all(fault.line >= 1 for fault in found)
