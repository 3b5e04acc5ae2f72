"""Every word of a profile stands in the manual, in both languages."""

from pathlib import Path

import pytest

from engine.simulation import words

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "simulate.md"
WORDS = [
    pair
    for some in (
        words.FILE,
        words.STREAM,
        words.POST,
        words.TIMES,
        words.CITIZENS,
        words.LENGTHS,
        words.LOGNORMAL,
    )
    for pair in some.items()
]


@pytest.mark.parametrize(("english", "vietnamese"), WORDS)
def test_a_word_is_told(english: str, vietnamese: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert vietnamese in text
    assert english in text
