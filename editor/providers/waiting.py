"""How long a provider asks to wait before the same request may go out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?", re.ASCII)
_IN_WORDS = re.compile(
    r"try again in (?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,9}(?:\.\d{1,9})?)(m?s))?",
    re.ASCII | re.IGNORECASE,
)


def wait_asked(headers: Mapping[str, str], words: str) -> float | None:
    """Seconds by `retry-after-ms`, `retry-after` (seconds or a date) or "try again in 240ms".

    headers: names in lower case; a date is read by the clock of `date`, that of who said it.
    words: what was said in the body. None when no time is named, or none that can be meant.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    after = headers.get("retry-after", "")
    seconds = _number(after)
    if seconds is None:
        seconds = _until(after, headers.get("date", ""))
    return _in_words(words) if seconds is None else seconds


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text := text.strip()) else None


def _until(after: str, now: str) -> float | None:
    """Seconds from one date to another; None for what is no date, or past."""
    then, heard = _date(after), _date(now)
    if then is None or heard is None:
        return None
    seconds = (then - heard).total_seconds()
    return seconds if seconds > 0 else None


def _date(text: str) -> datetime | None:
    """Read a date of a header, which is told in the time of Greenwich."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _in_words(words: str) -> float | None:
    found = _IN_WORDS.search(words)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, number, unit = found.groups()
    seconds = float(number or 0) / (1000 if (unit or "").lower() == "ms" else 1)
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + seconds
