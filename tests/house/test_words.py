"""The project speaks of itself only: no traces of the place where it was written."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import files, text

TRACES = {
    "a path of one machine": r"(?<![\w.~-])/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|op[t]/\w+)/",
    "a package index": r"(pypi|pythonhosted|deb\.debian|npmjs)\.or[g]|pk[g]\.dev",
    "a task number": r"(?i)\bissue[s]? #?\d|\bsession[s]? #?\d|\btask #\d",
    "the place": r"(?i)\bfar[m]\b|\bworkplac[e]\b|\bsub-?agent|\bcoding agent|\bLL[M]-written",
    "a paper that lies elsewhere": r"(?i)\b(design|architecture|seed)(\.md)? \d\b",
    "a person's task list": r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|\bHAC[K]\b",
}
# Written with brackets so that this file does not find itself.

OTHERS = ("LICENSE", "packaging/lock.txt", "packaging/lock-test.txt")
# Texts of others: their words, hashes and addresses.

READABLE = (".py", ".toml", ".md", ".txt", ".svg", ".json", ".cfg", ".ini", ".ts", ".ci/run")


@pytest.mark.parametrize("trace", TRACES)
def test_no_trace_of_the_workplace(trace: str) -> None:
    pattern = re.compile(TRACES[trace])
    assert [
        f"{path}:{number} {line.strip()}"
        for path in files()
        if path.endswith(READABLE) and path not in OTHERS
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ] == []


def test_the_lock_names_no_index() -> None:
    for path in OTHERS[1:]:
        assert not re.search(r"://|--index|--find-links", text(path)), path
