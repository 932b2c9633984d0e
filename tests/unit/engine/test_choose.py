"""The engine of a model: whose key, which address, what the ledger is told."""

import asyncio
import subprocess
import sys
from contextlib import aclosing
from dataclasses import replace

import numpy as np
import pytest

from editor.capability.catalog import load
from editor.edits.events import Picture
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.engine.choose import LOCAL, MOVED, NO_KEY, ODD_BASE, collected, engine_for
from editor.engine.note import Asked, State
from editor.engine.offline import OfflineEngine
from editor.errors import InputProblem, NotSent, TableError
from editor.imaging.raster import Raster
from tests.fakes.provider import KEY, serving

PLACE = load().provider("openai")
MODEL = PLACE.model("gpt-image-2")
KEYS = {"FRISKET_KEY_OPENAI": KEY}


@pytest.fixture(scope="module")
def provider():
    with serving() as provider:
        yield provider


@pytest.fixture(autouse=True)
def without_a_past(provider):
    provider.reset()


def framed(prompt="a red jacket", **changes):
    picture = np.full((1024, 1024, 4), 255, np.uint8)
    coverage = np.zeros((1024, 1024), np.uint8)
    coverage[300:500, 200:600] = 255
    known = {"source": Raster(picture), "coverage": coverage, "frame": Frame.WHOLE}
    known |= {"prompt": prompt, "provider": "openai", "model": "gpt-image-2"}
    return frame(EditRequest(**(known | changes)), MODEL)


def events(engine, job="a", edit=None):
    async def run():
        async with aclosing(engine.run(edit or framed(), job)) as heard:
            return [event async for event in heard]

    return asyncio.run(run())


def test_a_remote_model_is_asked_with_its_key(provider, ledger):
    place = replace(PLACE, base_url=provider.base_url)
    heard = events(engine_for(place, MODEL, ledger, KEYS))
    assert isinstance(heard[-1], Picture)
    assert [seen.charged for seen in provider.log] == [True]


def test_the_ledger_is_told_what_is_asked_but_neither_key_nor_prompt(provider, ledger):
    place = replace(PLACE, base_url=provider.base_url)
    engine = engine_for(place, MODEL, ledger, KEYS)
    other = Raster(np.zeros((9, 9, 4), np.uint8))
    wishes = [
        framed(),
        framed("another"),
        framed(settings={"quality": "low"}),
        framed(coverage=None),
        framed(references=(other,)),
    ]
    for number, wish in enumerate(wishes):
        events(engine, str(number), wish)
    notes = [note for note in ledger.notes() if note.state is State.RECEIVED]
    assert sorted(note.asked.job for note in notes) == ["0", "1", "2", "3", "4"]
    assert len({note.asked.request for note in notes}) == 5
    (note,) = [note for note in notes if note.asked.job == "0"]
    asked = note.asked
    assert (asked.provider, asked.model, asked.host) == ("openai", "gpt-image-2", "127.0.0.1")
    assert asked.price is not None
    assert KEY not in repr(notes)
    assert "jacket" not in repr(notes)


def test_the_same_wish_has_the_same_digest(provider, ledger):
    engine = engine_for(replace(PLACE, base_url=provider.base_url), MODEL, ledger, KEYS)
    events(engine, "a")
    events(engine, "b")
    assert len({note.asked.request for note in ledger.notes()}) == 1


def test_without_a_key_nothing_is_sent(ledger):
    with pytest.raises(NotSent) as told:
        engine_for(PLACE, MODEL, ledger, {})
    assert told.value.template == NO_KEY
    assert "FRISKET_KEY_OPENAI" in str(told.value)


def test_a_key_that_cannot_be_sent_is_told(ledger):
    with pytest.raises(InputProblem):
        engine_for(PLACE, MODEL, ledger, {"FRISKET_KEY_OPENAI": "two words"})


def test_a_provider_may_want_no_key(ledger):
    engine_for(replace(PLACE, auth="none"), MODEL, ledger, {})


@pytest.mark.parametrize(
    "base", ["", "api.openai.com", "file:///etc", "http://[::1", "https://a:b/"]
)
def test_an_address_that_is_none_is_told(ledger, base):
    with pytest.raises(NotSent) as told:
        engine_for(replace(PLACE, base_url=base), MODEL, ledger, KEYS)
    assert told.value.template == ODD_BASE


def test_a_task_is_asked_for_nowhere_but_where_it_was_accepted(ledger):
    place = load().provider("acedata")
    keys = {"FRISKET_KEY_ACEDATA": KEY}
    asked = Asked("a", "acedata", "gpt-image-2", "api.acedata.cloud", "digest")
    note, model = ledger.open(asked).note, place.model("gpt-image-2")
    collected(place, model, ledger, note, keys)
    moved = replace(place, base_url="https://gateway.example/v1")
    with pytest.raises(NotSent) as told:
        collected(moved, model, ledger, note, keys)
    assert told.value.template == MOVED
    assert len(str(told.value)) <= 160


def test_a_dialect_that_is_none_is_a_fault_of_the_table(ledger):
    with pytest.raises(TableError):
        engine_for(replace(PLACE, dialect="morse"), MODEL, ledger, KEYS)


def test_the_network_is_imported_only_when_it_is_needed():
    heavy = "{'httpx', 'truststore', 'PIL'}"
    script = f"import sys, editor.engine.choose; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_model_of_this_computer_needs_neither_key_nor_ledger(ledger):
    place = load().provider("offline")
    for model in place.models:
        assert isinstance(engine_for(place, model, ledger, {}), OfflineEngine)
    picture = np.full((64, 64, 4), 255, np.uint8)
    coverage = np.zeros((64, 64), np.uint8)
    coverage[20:30, 20:30] = 255
    wish = EditRequest(Raster(picture), coverage, "", "offline", place.models[0].id)
    heard = events(
        engine_for(place, place.models[0], ledger, {}), "a", frame(wish, place.models[0])
    )
    assert isinstance(heard[-1], Picture)
    assert ledger.notes() == ()


def test_nothing_is_sent_of_what_stays_on_this_computer(ledger, provider):
    place = replace(PLACE, base_url=provider.base_url)
    with pytest.raises(NotSent) as caught:
        engine_for(place, MODEL, ledger, KEYS, local=True)
    assert caught.value.template == LOCAL
    assert (ledger.notes(), provider.log) == ((), [])
    here = load().provider("offline")
    assert isinstance(engine_for(here, here.models[0], ledger, KEYS, local=True), OfflineEngine)
