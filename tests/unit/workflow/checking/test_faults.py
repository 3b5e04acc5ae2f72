"""A wrong model is refused, and what is told is the fault that was planted."""

import ast
from pathlib import Path

import pytest

import engine.workflow as workflow
from engine.domain.finding import Severity
from engine.workflow.bundle import BundleSource, check_bundle
from engine.workflow.checking.catalogue import CATALOGUE
from tests.unit.workflow.checking.faults import FAULTS, Fault
from tests.unit.workflow.checking.legal import LEGAL, line
from tests.unit.workflow.checking.test_legal import told
from tests.unit.workflow.constructs.stage import script
from tests.unit.workflow.constructs.test_repetition import loop
from tests.unit.workflow.drawings import GOOD, drawn
from tests.unit.workflow.test_checking import BAD

NAMES = [f"{one.model}: {one.rule} {number}" for number, one in enumerate(FAULTS)]


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_planted_fault_is_refused_and_named(fault: Fault) -> None:
    errors = [one for one in told(fault.xml()) if one.severity == Severity.ERROR]
    named = [one for one in errors if one.rule == fault.rule and fault.element in (None, one.element_id)]
    assert named, [(one.rule, one.element_id, one.message_en) for one in errors]


def test_the_faults_are_of_rules_that_exist() -> None:
    assert {one.rule for one in FAULTS} <= set(CATALOGUE)


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_without_the_fault_its_rule_has_nothing_to_say(fault: Fault) -> None:
    assert fault.rule not in {one.rule for one in told(LEGAL[fault.model].xml())}


RAISING = {"finding", "_finding", "_wrong", "_no_moment", "Finding"}
ROOMS = ("checking", "reading")


def _said_in_code() -> set[str]:
    """Ids of rules as they stand in the code that raises findings about diagrams."""
    folder = Path(workflow.__file__).parent
    calls = [
        node
        for room in ROOMS
        for path in (folder / room).glob("*.py")
        if not path.name.startswith("table")  # decision tables have rules of their own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISING
    ]
    values = [next((one.value for one in call.keywords if one.arg == "rule"), None) for call in calls]
    values += [call.args[0] for call in calls if call.args]
    return {str(one.value) for one in values if isinstance(one, ast.Constant)}


def test_every_rule_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    assert _said_in_code() == set(CATALOGUE)


def test_every_rule_has_a_bad_file_and_a_good_one() -> None:
    assert set(CATALOGUE) - {one.rule for one in FAULTS} - set(BAD) - set(MORE) == set()


# Faults that take more than one change in one file, as files that are checked.
MORE = {
    "no-process": {"p.bpmn": drawn("")},
    "form-broken": {"p.bpmn": drawn(GOOD.replace("<m:task ", '<m:task form="f" ', 1)), "forms/f.json": b"{"},
    "dry-run-endless": {"p.bpmn": line("k", more=script("k", "n = 1", loop("true"))).xml()},
    "dry-run-stuck": {
        "p.bpmn": LEGAL["two tokens for one"].xml().replace(b'startQuantity="2"', b'startQuantity="3"')
    },
}  # fmt: skip


@pytest.mark.parametrize("rule", MORE)
def test_what_is_wrong_with_a_bundle_is_told(rule: str) -> None:
    found = check_bundle(BundleSource(main="p.bpmn", files=MORE[rule]))
    assert rule in {one.rule for one in found}
