"""System: puts missing packages on Debian or Ubuntu, or says in one sentence which they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from needs import Need, missing


class NotReady(Exception):
    """The machine lacks something that cannot be installed from here; one sentence."""


def provide(needs: Iterable[Need]) -> None:
    """Install the packages of all unmet needs; a met need costs one look.

    Raises NotReady when one is needed and cannot be had.
    """
    lacking = missing(needs)
    essential = [need for need in lacking if not need.optional]
    packages = [need.package for need in lacking]
    if not lacking or not (essential or _may_install()):
        return
    command = f"apt-get update && apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        names = ", ".join(need.name for need in essential)
        raise NotReady(
            f"This computer lacks {names}: install them with its own package manager"
            f" (on Debian: {command}), then start again."
        )
    if not _may_install():
        raise NotReady(
            "Frisket needs system packages and only root may install them:"
            f" run `{command}` as root, then start again."
        )
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *packages)
    still = [need.package for need in missing(essential)]
    if still:
        raise NotReady(
            f"The system packages {' '.join(still)} could not be installed (no network?):"
            f" run `{command}` as root to see why, then start again."
        )


def _root() -> list[str]:
    """What to put before a command so that root runs it; nothing when we are root."""
    if os.geteuid() == 0:
        return []
    asks = sys.stdin is not None and sys.stdin.isatty()
    return ["sudo"] if asks else ["sudo", "--non-interactive"]


def _may_install() -> bool:
    return os.geteuid() == 0 or shutil.which("sudo") is not None


def _apt(*arguments: str) -> None:
    """Run apt-get; what it achieved is seen by looking again, so its exit code says nothing."""
    subprocess.run(
        [*_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
