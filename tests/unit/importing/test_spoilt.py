"""However a drawing is spoilt, it comes in whole, or it is refused; it never comes in with less."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.workflow.importing import import_drawing
from tests.unit.importing.drawings import ACCEPTED
from tests.unit.importing.losses import losses
from tests.unit.importing.spoiling import WAYS, spoilt

SMALL = [path for path in ACCEPTED if path.stat().st_size < 30_000]


@pytest.mark.timeout(300)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=some.sampled_from(SMALL),
    ways=some.lists(some.integers(0, len(WAYS) - 1), min_size=1, max_size=3),
    random=some.randoms(use_true_random=False),
)
def test_a_spoilt_drawing_loses_nothing(path: Path, ways: list[int], random: object) -> None:
    before = spoilt(path.read_bytes(), ways, random.randrange)  # type: ignore[attr-defined]
    found = import_drawing(path.name, before)
    if found.content is None:
        assert found.of_kind("refused")
        return
    assert losses(before, found) == []
    assert import_drawing(path.name, found.content).content == found.content
