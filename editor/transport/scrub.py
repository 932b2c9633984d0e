"""A logging filter that lets no key, signed address or picture through.

Put it on every handler of the root logger; a filter on the logger itself would not see what
other loggers hand up.
"""

from __future__ import annotations

import logging
import re

MASK = "***"

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
    if len(secret) >= 4:  # anything shorter would mask ordinary words
        _secrets.add(secret)


def without_secrets(data: bytes) -> bytes:
    """Take out what was registered and nothing else, of bytes that are to be kept."""
    for secret in _longest_first():
        data = data.replace(secret.encode(), MASK.encode())
    return data


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
    """Rewrites each record: its message with arguments, and the text of its traceback."""

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
