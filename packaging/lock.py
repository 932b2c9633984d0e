"""Renews lock.txt and lock-test.txt: `python3 packaging/lock.py [--upgrade]`, needs uv.

Both hold the same versions for every Python from 3.11 on and every system, with the hash of
every file, and name no index: where packages come from is the machine's own setting. Without
--upgrade only what pyproject.toml makes necessary changes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from environment import ROOT, RUN, TEST

OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-emit-index-url",
    "--custom-compile-command=python3 packaging/lock.py",
)


def main() -> None:
    """Write both files; the second keeps the versions of the first."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv" / "bin"))
    if uv is None:
        sys.exit("Renewing the lock needs uv: run `.venv/bin/pip install uv`, then start again.")
    common = [uv, "pip", "compile", "--quiet", *OPTIONS, *sys.argv[1:], "pyproject.toml"]
    subprocess.run([*common, "--extra=checkout", "-o", RUN], cwd=ROOT, check=True)
    subprocess.run([*common, "--all-extras", "-c", RUN, "-o", TEST], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
