"""What journeys share: hands on the screen, programs that end, and a provider on loopback."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journey.loopback import Loopback
from tests.journey.person import SHOTS, Person
from tests.journey.program import Program

Start = Callable[..., Program]


@pytest.fixture(scope="session")
def person() -> Iterator[Person]:
    """Hands on the screen, and a US keyboard in the end."""
    person = Person(dict(os.environ))
    yield person
    person.layout("us")


@pytest.fixture(scope="session")
def served() -> Iterator[Loopback]:
    """One provider for the whole run."""
    served = Loopback()
    yield served
    served.end()


@pytest.fixture
def provider(served: Loopback) -> Iterator[Loopback]:
    """A provider without a past."""
    served.reset()
    yield served
    served.reset()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep what the screen showed when a journey failed."""
    report = yield
    if report.when == "call" and report.failed:
        Person(dict(os.environ)).shoot(item.name)
        report.sections.append(("screen", str(SHOTS / f"{item.name}.png")))
        for log in sorted(Path(item.funcargs["tmp_path"]).rglob("frisket.log")):
            report.sections.append((str(log), log.read_text("utf-8")[-5000:]))
    return report


@pytest.fixture
def start(person: Person, tmp_path: Path) -> Iterator[Start]:
    """Start the program, at the test's own home; every one of them ends with the test."""
    running: list[Program] = []

    def started(*files: Path, **more: str) -> Program:
        running.append(Program(person, tmp_path / "home", files, **more))
        running[-1].shown()
        return running[-1]

    yield started
    for program in running:
        program.end()
