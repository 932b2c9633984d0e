"""Every way has a bound, and knowing the ways needs no pixels."""

import subprocess
import sys
from typing import get_args

from editor.mask.way import MOST, Way


def test_every_way_has_its_bound() -> None:
    assert set(MOST) == set(get_args(Way))
    assert all(most > 0 for most in MOST.values())


def test_no_array_library_comes_with_them() -> None:
    ask = "import sys, editor.mask.way; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
