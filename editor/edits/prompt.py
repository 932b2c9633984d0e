"""The prompt as the person writes it, "@2" for reference 2, and as it is sent."""

from __future__ import annotations

import re

_MENTION = re.compile(r"(?<![\w@])@([0-9]{1,2})(?!\w)")


def mentioned(prompt: str) -> list[int]:
    """The numbers of the references that a prompt speaks of, in its order."""
    return [int(number) for number in _MENTION.findall(prompt)]


def spelled(prompt: str, references: int) -> str:
    """The prompt in the words of providers: "@2" becomes "image 3", the third picture sent.

    references: how many there are; a mention of another number is left as it is.
    """

    def word(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"image {number + 1}" if 1 <= number <= references else found[0]

    return _MENTION.sub(word, prompt)
