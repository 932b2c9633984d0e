"""Every fault of the wire, on every way on which a picture comes back.

The name of each case begins with its row in the table of faults. Whatever goes wrong: the edit
ends in time, in one sentence of the catalogue; the provider got no more requests than the row
says, and charged no more than once; what came is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.edits.events import Finished
from editor.engine import exchange
from editor.engine.ledger import Ledger
from editor.errors import Problem
from editor.transport import intake
from tests.fakes.desk import Desk
from tests.fakes.faults import rows_answers, rows_links, rows_sending, rows_streams, rows_tasks
from tests.fakes.faults.acts import rightly
from tests.fakes.faults.bench import KEY, PROMPT, Outcome, run
from tests.fakes.faults.carriers import CARRIERS, Carrier
from tests.fakes.faults.catalogue import complaints
from tests.fakes.faults.row import DONE, Row
from tests.fakes.faults.server import Faulty
from tests.fakes.provider import Provider

ROWS = (
    *rows_sending.ROWS,
    *rows_answers.ROWS,
    *rows_links.ROWS,
    *rows_streams.ROWS,
    *rows_tasks.ROWS,
)
CASES = [(row, carrier) for row in ROWS for carrier in row.ends]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path_factory.mktemp("faults"))
    yield ledger
    ledger.close()


def played(row: Row, carrier: Carrier, ledger: Ledger) -> tuple[Faulty, Outcome]:
    faulty = Faulty(
        carrier, row.stage_of(carrier), row.act, row.times, whole=row.whole, charge=row.charge
    )
    return faulty, run(faulty, ledger, row.deadlines, base=row.base, noise=row.noise)


@pytest.mark.parametrize(
    ("row", "carrier"), CASES, ids=[f"{row.id}-{carrier}-{row.name}" for row, carrier in CASES]
)
def test_fault(row: Row, carrier: Carrier, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MEGABYTE", 4096)  # floods need not be as wide as the real caps
    monkeypatch.setattr(exchange, "POLL_SECONDS", 30.0)
    faulty, outcome = played(row, carrier, ledger)
    ending = row.ends[carrier]
    assert type(outcome.end) is ending.end, outcome.sentence
    assert outcome.note is not None
    assert outcome.note.state is ending.state
    if ending.end is DONE.end:
        assert len(outcome.pictures) >= 1
    else:
        problem = outcome.end.problem
        assert type(problem) is ending.kind or isinstance(problem, ending.kind)
        assert outcome.sentence == (ending.sentence or outcome.sentence)
        told(problem)
    assert faulty.asked["submit"] == row.posts
    assert faulty.charges == row.charges <= 1
    assert row.least <= outcome.seconds <= row.most


def told(problem: Problem) -> None:
    """The sentence is one of the catalogue, fit to show, and gives nothing away."""
    assert not complaints(problem)
    for secret in (KEY, PROMPT, "signed-secret"):
        assert secret not in str(problem) + problem.details


def test_every_row_of_the_wire_is_played() -> None:
    played = {row.id for row in ROWS}
    assert played >= {f"B{number}" for number in range(1, 27)} - {"B25"}
    assert len(CASES) >= 320


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: f"B25-{carrier}")
def test_a_proxy_of_the_system_never_sees_this_computer(
    carrier: Carrier, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://someone:secret-word@127.0.0.1:9")
    row = Row("B25", "a proxy", rightly, {carrier: DONE}, times=0)
    faulty, outcome = played(row, carrier, ledger)
    assert len(outcome.pictures) == 1
    assert not any(b"secret-word" in head or b"http://" in head[:40] for head in faulty.heads)


WORDS = (
    'say "hi"; name="n"',
    "two\r\nlines\n--boundary--\r\n",
    '{"model": "dearer", "n": 10}\\',
    "ünlimited \u202e\u2028 \U0001f388",
    'filename="../../etc/passwd"',
)


@pytest.mark.parametrize("words", WORDS, ids=[f"B27-{number}" for number in range(len(WORDS))])
def test_a_prompt_stays_a_prompt(desk: Desk, provider: Provider, words: str) -> None:
    desk.send(prompt=words)
    assert isinstance(desk.end()[-1], Finished)
    (seen,) = provider.log
    assert seen.texts["prompt"] == words
    assert [name for name, *_ in seen.files] == ["image", "mask"]
    assert [filename for _, filename, *_ in seen.files] == ["image-1.png", "mask.png"]
    assert seen.texts.keys() <= {"model", "prompt", "size"}
