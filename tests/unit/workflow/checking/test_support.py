"""docs/bpmn-support.md says what is so: it is written from the code, and the tests it leads to exist."""

import re
from pathlib import Path

from engine.workflow.checking import manual, support
from engine.workflow.checking.catalogue import CATALOGUE
from engine.workflow.checking.elements import EVENTS
from engine.workflow.checking.evidence import ELEMENT_TESTS, EVENT_TESTS
from engine.workflow.running.specs import ELEMENTS
from tests.unit.workflow.checking.legal import LEGAL

ROOT = Path(__file__).parents[4]
ROWS = (*support.ATTRIBUTES, *support.REPETITION, *support.DATA, *support.COLLABORATION)


def exists(test: str) -> bool:
    """Whether a test of the table is there, under that name."""
    module, _, name = test.partition("::")
    if module == "legal":
        return name in LEGAL
    path = ROOT / manual.TEST_FILES.get(module, f"tests/unit/workflow/constructs/test_{module}.py")
    return (
        path.is_file()
        and re.search(rf"^def test_{name}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    )


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs/bpmn-support.md").read_text("utf-8") == manual.page()


def test_every_test_of_the_table_exists() -> None:
    named = [test for row in ROWS for test in row.tests]
    named += [test for tests in ELEMENT_TESTS.values() for test in tests]
    named += EVENT_TESTS.values()
    assert [one for one in named if not exists(one)] == []


def test_every_rule_of_the_table_exists() -> None:
    assert {rule for row in ROWS for rule in row.rules} <= set(CATALOGUE)


def test_whatever_is_executed_has_a_test_and_whatever_is_refused_a_rule() -> None:
    assert [row.construct for row in ROWS if row.what == support.EXECUTED and not row.tests] == []
    assert [row.construct for row in ROWS if row.what == support.REFUSED and not row.rules] == []


def test_every_element_and_every_event_in_its_place_has_a_test() -> None:
    assert set(ELEMENT_TESTS) == set(ELEMENTS)
    places = {
        (place, "none" if kind is None else kind.removesuffix("EventDefinition"))
        for place, kinds in EVENTS.items()
        for kind in kinds
    }
    assert set(EVENT_TESTS) == places


def test_the_page_shows_every_place_and_kind_of_event() -> None:
    assert set(manual.PLACES) == set(EVENTS)
    assert {kind for _, kind in EVENT_TESTS} == set(manual.DEFINITIONS)
