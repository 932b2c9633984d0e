"""Environment: a virtual environment that holds the locked packages and this checkout."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from system import NotReady

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "packaging" / "lock.txt"
TEST = ROOT / "packaging" / "lock-test.txt"
# TEST holds all of RUN in the same versions: whoever can test can run.

OURS = os.path.realpath(sys.executable)
# The interpreter itself, also when this is started from within an environment.


def ready(lock: Path, home: Path = ROOT / ".venv", base: str = OURS) -> Path:
    """The interpreter of the environment in home, made or renewed when it is not what lock says.

    base: the interpreter it is made with. A stamp in home tells that nothing has to be done.
    Raises NotReady.
    """
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _stamp(home, lock).exists() and _stamp(home, lock).read_text() == _fingerprint(lock, base):
        return python
    if not _is_made_with(python, base):
        print(f"Making {home.name}", flush=True)
        _do(base, "-m", "venv", "--clear", str(home))
    print(f"Installing the packages of packaging/{lock.name} into {home.name}", flush=True)
    pip = (str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    _do(*pip, "--require-hashes", "--requirement", str(lock))
    # Its build tool is among the locked packages: nothing comes in unseen.
    _do(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    for held in (TEST, RUN) if lock == TEST else (lock,):
        _stamp(home, held).write_text(_fingerprint(held, base))
    return python


def _stamp(home: Path, lock: Path) -> Path:
    return home / f"{lock.stem}.stamp"


def _fingerprint(lock: Path, base: str) -> str:
    """Changes with the locked packages, the project's declaration, its place and the Python."""
    digest = hashlib.sha256(f"{base}\n{ROOT}\n".encode())
    digest.update(lock.read_bytes())
    digest.update((ROOT / "pyproject.toml").read_bytes())
    return digest.hexdigest()


def _is_made_with(python: Path, base: str) -> bool:
    """Whether the environment exists, works and stems from base."""
    question = "import os, sys, pip; sys.exit(os.path.realpath(sys.executable) != sys.argv[1])"
    try:
        answer = subprocess.run([python, "-c", question, base], capture_output=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def _do(*command: str) -> None:
    """Run one step of the set-up; raises NotReady with the command to see more."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines()]
        reasons = [line for line in lines if line.lower().startswith("error")]
        reason = reasons[-1] if reasons else "no reason given"
        raise NotReady(
            f"The set-up stopped ({reason}): check network and disk, or run"
            f" `{' '.join(command)}` to see more."
        )
