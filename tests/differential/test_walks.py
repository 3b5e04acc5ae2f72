"""Random processes of every class walked by the engine, held against the token interpreter, walked again.

After every action only the bytes of the state survive, restored onto another copy of the definition. A walk
that differs is made small and printed as a diagram with its actions. ``make fuzz`` walks many more.
"""

import pytest

from tests.differential.classes import CLASSES
from tests.differential.comparing import compare

PROCESSES = 6  # of each class, four walks each


@pytest.mark.parametrize("kind", CLASSES)
def test_the_engine_does_what_the_standard_says_and_the_same_again(kind: str) -> None:
    for number in range(PROCESSES):
        tally = compare(kind, f"test {number}")
        assert not tally.deviations, tally.deviations[0]
        assert not tally.refused, f"{kind}, {number}: a legal process is refused: {tally.refused}"
