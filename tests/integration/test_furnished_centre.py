"""The furnished centre that other tests stand in: it is whole on both databases."""

import pytest

from tests.centre import Centre


@pytest.mark.parametrize("code", ["2.000635", "1.009794"])
def test_a_dossier_goes_from_the_counter_to_the_citizens_hand(centre: Centre, code: str) -> None:
    centre.submit(code)
    names = centre.walk()
    assert centre.view().line.handling == "handed_over", names
    assert not centre.engine.replays.of(centre.officer("auditor"), centre.number).faults
