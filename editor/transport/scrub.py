"""Taking out of words what must not be kept: keys, signed addresses, pictures, what was sent."""

from __future__ import annotations

import logging
import re
from itertools import takewhile

MASK = "***"

SHORTEST = 4
RECOGNISED = 16
"""Bytes below which a text is an ordinary word; its characters by which it is known again."""

_PATTERNS = (
    (re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?)(?:\w+\s+)?[^\s'\",;]+"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s'\",;]+"), rf"\1 {MASK}"),
    (re.compile(r"(?i)(api[-_]?key['\"]?\s*[:=]\s*['\"]?)[^\s'\",;]+"), rf"\1{MASK}"),
    (re.compile(r"\bsk-[\w-]{4,}"), MASK),
    (re.compile(r"(?<=://)[^/\s?#@]*@"), f"{MASK}@"),
    (re.compile(r"([?&][^=&\s'\"#]{1,80}=)[^&\s'\"#]+"), rf"\1{MASK}"),
    (re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}"), lambda found: f"<{len(found[0])} characters>"),
)

_secrets: set[str] = set()


def register(secret: str) -> None:
    """Mask this very text from now on, wherever it appears."""
    if len(secret) >= SHORTEST:
        _secrets.add(secret)


def without_secrets(data: bytes) -> bytes:
    """Take out what was registered and nothing else, of bytes that are to be kept."""
    for secret in _longest_first():
        data = data.replace(secret.encode(), MASK.encode())
    return data


def without(sent: str, text: str) -> str:
    """Take what was sent out of what was answered, in one line and also where it was cut."""
    words = " ".join(sent.split())
    if len(words.encode("utf-8", "replace")) < SHORTEST:
        return text
    while (start := text.find(words[:RECOGNISED])) >= 0:
        pairs = zip(words, text[start:], strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        text = text[:start] + MASK + text[start + alike :]
    return text


def scrubbed(text: str) -> str:
    """Take out keys, credentials, values in addresses, and long base64."""
    for secret in _longest_first():
        text = text.replace(secret, MASK)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _longest_first() -> list[str]:
    return sorted(_secrets, key=len, reverse=True)


class Scrub(logging.Filter):
    """Rewrites each record: its message with arguments, and the text of its traceback.

    It belongs on every handler of the root logger; on the logger itself it would not see what
    other loggers hand up.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, cleaned."""
        record.msg, record.args = scrubbed(record.getMessage()), None
        if record.exc_info:
            record.exc_text = scrubbed(logging.Formatter().formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = scrubbed(record.stack_info)
        return True


def guard() -> None:
    """Put the filter on every root handler; libraries that log what passes may only warn."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Scrub())
    for name in ("httpx", "httpcore", "h11", "PIL", "qasync"):
        logging.getLogger(name).setLevel(logging.WARNING)
