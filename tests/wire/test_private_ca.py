"""B25: an office that vouches for its own servers, where the system trusts it and where not.

The certificates were made once with `openssl`; nobody holds the key of the office any more.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.edits.events import Failed, Finished
from editor.engine.ledger import Ledger
from editor.engine.note import State
from editor.errors import NotSent
from editor.transport import connection, sentences
from tests.fakes.faults.acts import rightly
from tests.fakes.faults.bench import Outcome, run
from tests.fakes.faults.carriers import CARRIERS, Carrier
from tests.fakes.faults.server import Faulty

FAKES = Path(__file__).parents[1] / "fakes"
OFFICE = FAKES / "private_ca" / "office.pem"
SERVER = FAKES / "private_ca" / "server.pem"
NEIGHBOUR = FAKES / "private_ca" / "neighbour.pem"
"""Both vouched for by the office: this computer's own address, and one beside it."""

ANOTHER = FAKES / "loopback.pem"

REFUSED = {
    "an office nobody has heard of": (ANOTHER, SERVER),
    "another office's server": (OFFICE, ANOTHER),
    "a certificate of its neighbour": (OFFICE, NEIGHBOUR),
}
"""Whom the system trusts, and with what the server proves who it is."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "ledger")
    yield ledger
    ledger.close()


@pytest.fixture
def trusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let this one file be what the system trusts, by the variables that OpenSSL reads."""

    def trust(authority: Path) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    connection._trusted.cache_clear()
    yield trust
    connection._trusted.cache_clear()


def edited(carrier: Carrier, proof: Path, ledger: Ledger) -> tuple[Faulty, Outcome]:
    """An edit over https at a server with this key and certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(proof)
    faulty = Faulty(carrier, "submit", rightly, 0, context=context)
    return faulty, run(faulty, ledger)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: f"B25-{carrier}")
def test_an_office_that_the_system_trusts_is_trusted(
    carrier: Carrier, ledger: Ledger, trusting
) -> None:
    trusting(OFFICE)
    faulty, outcome = edited(carrier, SERVER, ledger)
    assert outcome.end == Finished()
    assert len(outcome.pictures) == faulty.charges == 1


@pytest.mark.parametrize(("authority", "proof"), REFUSED.values(), ids=REFUSED.keys())
def test_whoever_cannot_prove_who_it_is_is_sent_nothing(
    authority: Path, proof: Path, ledger: Ledger, trusting
) -> None:
    trusting(authority)
    faulty, outcome = edited("body", proof, ledger)
    assert isinstance(outcome.end, Failed)
    assert isinstance(outcome.end.problem, NotSent)
    assert outcome.sentence == sentences.UNPROVEN
    assert outcome.note is not None
    assert outcome.note.state is State.NOT_SENT
    assert not faulty.heads
    assert faulty.charges == 0
