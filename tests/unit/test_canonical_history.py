"""What is hashed into the chain is JSON that any program in any language writes the same way."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from engine.history import canonical, iso

_TEXT = some.text(some.characters(exclude_categories=("Cs",)))
_LEAVES = some.none() | some.booleans() | some.integers(-(2**53), 2**53) | _TEXT
_VALUES = some.recursive(_LEAVES, lambda one: some.lists(one) | some.dictionaries(_TEXT, one), max_leaves=15)


@given(_VALUES)
def test_sorted_keys_no_spaces_plain_utf8(value: object) -> None:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert canonical(value) == plain.encode()


def test_a_moment_has_one_spelling_whatever_the_time_zone_it_was_read_in() -> None:
    moment = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)
    there = moment.astimezone(timezone(timedelta(hours=7)))
    assert iso(moment) == iso(there) == "2026-03-02T01:00:00.000005Z"
    assert iso(None) is None
