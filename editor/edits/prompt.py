"""The prompt as the person writes it, "@2" for reference 2, and as it is sent."""

from __future__ import annotations

import re

PLEA = (
    "Keep everything else exactly as it is: the composition, the light, the colours, "
    "every face and all lettering."
)
"""The sentence that may follow a prompt, until the person words another; for models, so English."""

_MENTION = re.compile(r"(?<![\w@])@([0-9]{1,2})(?!\w)")


def mentioned(prompt: str) -> list[int]:
    """The numbers of the references that a prompt speaks of, in its order."""
    return [number for number, _, _ in mention_places(prompt)]


def mention_places(prompt: str) -> list[tuple[int, int, int]]:
    """Each mention: the number of its reference, and where it begins and ends in the prompt."""
    return [(int(found[1]), *found.span()) for found in _MENTION.finditer(prompt)]


def with_plea(prompt: str, plea: str) -> str:
    """The prompt with the sentence that asks to keep the rest, on a line of its own.

    plea: "" for none.
    """
    return f"{prompt.rstrip()}\n{plea.strip()}" if plea.strip() else prompt


def spelled(prompt: str, references: int) -> str:
    """The prompt in the words of providers: "@2" becomes "image 3", the third picture sent.

    references: how many there are; a mention of another number is left as it is.
    """

    def word(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"image {number + 1}" if 1 <= number <= references else found[0]

    return _MENTION.sub(word, prompt)
