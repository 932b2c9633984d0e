"""C programs of the speed reports, built where there is a compiler."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
INTO = HERE.parents[2] / "out" / "speed"


@cache
def built(name: str, *libraries: str) -> Path | None:
    """The program made of a C source beside this file; None where it cannot be made.

    libraries: as pkg-config knows them.
    """
    if shutil.which("gcc") is None or shutil.which("pkg-config") is None:
        return None
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", *libraries],
        capture_output=True,
        text=True,
        check=False,
    )
    if flags.returncode:
        return None
    INTO.mkdir(parents=True, exist_ok=True)
    program = INTO / name
    command = ["gcc", "-O2", str(HERE / f"{name}.c"), "-o", str(program), *flags.stdout.split()]
    made = subprocess.run([*command, "-lm"], capture_output=True, text=True, check=False)
    return program if made.returncode == 0 else None
