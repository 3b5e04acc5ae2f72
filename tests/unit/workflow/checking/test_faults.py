"""A wrong model is refused, and what is told is the fault that was planted."""

import pytest

from engine.domain.finding import Severity
from engine.workflow.checking.catalogue import CATALOGUE
from tests.unit.workflow.checking.faults import FAULTS, Fault
from tests.unit.workflow.checking.test_legal import told

NAMES = [f"{one.model}: {one.rule} {number}" for number, one in enumerate(FAULTS)]


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_planted_fault_is_refused_and_named(fault: Fault) -> None:
    errors = [one for one in told(fault.xml()) if one.severity == Severity.ERROR]
    named = [one for one in errors if one.rule == fault.rule and fault.element in (None, one.element_id)]
    assert named, [(one.rule, one.element_id, one.message_en) for one in errors]


def test_the_faults_are_of_rules_that_exist() -> None:
    assert {one.rule for one in FAULTS} <= set(CATALOGUE)
