"""Which providers can be asked, and which of them would read a prompt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.session.provider_state import ProvidersState

REMOTE = tuple(one for one in load().providers if one.engine == "remote")
KEYED = tuple(one for one in REMOTE if one.auth != "none" and one.base_url)[:3]
STATE = ProvidersState(KEYED, KEYED[0])
FIRST, SECOND, THIRD = (one.id for one in KEYED)


def keyed(*ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, "keyring")


def test_one_is_asked_with_a_key_or_without_need_of_one_but_not_without_an_address() -> None:
    assert not STATE.ready
    assert replace(STATE, keys=keyed(FIRST)).ready
    free = replace(KEYED[0], auth="none")
    assert ProvidersState((free,), free).ready
    nowhere = replace(free, base_url="")
    assert not ProvidersState((nowhere,), nowhere).ready


@pytest.mark.parametrize(
    ("changes", "reader"),
    [
        ({}, None),
        ({"keys": keyed(SECOND)}, SECOND),
        ({"keys": keyed(THIRD, SECOND)}, SECOND),
        ({"keys": keyed(THIRD, SECOND), "used": (FIRST, THIRD, SECOND)}, THIRD),
        ({"keys": keyed(THIRD, SECOND), "used": (FIRST,)}, SECOND),
        ({"keys": keyed(THIRD, SECOND), "used": (THIRD,), "unfit": {THIRD}}, SECOND),
        ({"keys": keyed(FIRST, SECOND), "unfit": {FIRST}}, SECOND),
        ({"keys": keyed(FIRST), "unfit": {FIRST}}, None),
        ({"keys": keyed(FIRST), "local": True}, None),
    ],
)
def test_a_prompt_is_read_by_who_was_used_last_or_the_first_of_those_that_can_be_asked(
    changes: dict[str, object], reader: str | None
) -> None:
    found = replace(STATE, **changes).reader
    assert (found.id if found else None) == reader
