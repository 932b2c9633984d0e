"""What is odd about a mask is found, and nothing is found where nothing is odd."""

import cv2
import numpy as np
import pytest

from editor.mask.lint import EMPTY, FULL, PINHOLES, SOFTNESS, SPECKS, findings


def disc(blur=0.0):
    level = np.zeros((200, 300), np.uint8)
    cv2.circle(level, (150, 100), 60, 255, -1)
    return cv2.GaussianBlur(level, (0, 0), blur) if blur else level


def with_specks():
    level = disc()
    level[5:8, 5:8] = level[190, 290] = 255
    return level


def with_pinholes():
    level = disc()
    level[100:104, 150:154] = 0
    return level


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        (disc(), []),
        (np.zeros((20, 20), np.uint8), [(EMPTY, {})]),
        (np.full((20, 20), 255, np.uint8), [(FULL, {})]),
        (with_specks(), [(SPECKS, {"count": 2, "pixels": 64})]),
        (with_pinholes(), [(PINHOLES, {"count": 1, "pixels": 64})]),
    ],
)
def test_findings(mask, expected):
    assert [(each.template, dict(each.values)) for each in findings(mask)] == expected


def test_softness_is_told_from_a_share_on():
    (soft,) = findings(disc(blur=12))
    assert soft.template == SOFTNESS
    assert 20 < int(soft.values["share"]) < 80
    assert findings(disc(blur=0.4)) == ()


def test_a_finding_reads_as_a_sentence():
    (found,) = findings(with_specks())
    said = "Specks of at most 64 pixels may change (2): clean them if not meant."
    assert str(found) == said
