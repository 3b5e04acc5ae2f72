"""Who may do what, in which status, at which agency: written down a second time, by hand, cell by cell."""

from itertools import product
from uuid import UUID

import pytest

from engine.domain.actor import OfficerActor, Posting
from engine.domain.dossier import Handling
from engine.domain.permission import TABLE, Action, Subject, acting_office, may, may_anywhere

ROLES = (
    "reception", "cashier", "processing", "head", "leader", "clerk",
    "supervisor", "director", "auditor", "analyst", "administrator", "citizen", "nobody",
)  # fmt: skip
PLACES = ("TTHCC", "SXD", "STP", "UBND")  # place of reception, competent, taking part, a stranger
OPEN = {"draft", "submitted", "awaiting_supplement", "in_process", "result_ready", "declined"}

# Over the dossier as a whole: role, agency -> allowed statuses ("*" all, "open", "in_process").
# A role that sees everything is written for any agency: "any".
EXPECTED: dict[str, dict[tuple[str, str], str]] = {
    "view_dossier": {
        ("supervisor", "any"): "*", ("director", "any"): "*", ("auditor", "any"): "*",
        ("reception", "TTHCC"): "*", ("cashier", "TTHCC"): "*",
        ("processing", "SXD"): "*", ("head", "SXD"): "*", ("leader", "SXD"): "*", ("clerk", "SXD"): "*",
        ("processing", "STP"): "*", ("head", "STP"): "*", ("leader", "STP"): "*", ("clerk", "STP"): "*",
    },
    # The task in view is the head's at SXD.
    "complete_task": {("head", "SXD"): "open"},
    "attach_document": {
        ("reception", "TTHCC"): "open",
        ("processing", "SXD"): "open", ("head", "SXD"): "open", ("leader", "SXD"): "open",
        ("clerk", "SXD"): "open",
        ("processing", "STP"): "open", ("head", "STP"): "open", ("leader", "STP"): "open",
        ("clerk", "STP"): "open",
    },
    "deliver_message": {("reception", "TTHCC"): "open", ("cashier", "TTHCC"): "open"},
    "extend_deadline": {
        ("reception", "TTHCC"): "in_process", ("supervisor", "TTHCC"): "in_process",
        ("head", "SXD"): "in_process", ("leader", "SXD"): "in_process",
        ("head", "STP"): "in_process", ("leader", "STP"): "in_process",
    },
}  # fmt: skip

# Without a dossier in view: who has it at all.
ANYWHERE: dict[str, set[str]] = {
    "submit_dossier": {"reception"},
    "view_inbox": {"reception", "cashier", "processing", "head", "leader", "clerk"},
    "view_register": {"reception", "supervisor", "director", "auditor"},
    "view_reports": {"supervisor", "director", "auditor", "leader", "head"},
    "replay_history": {"auditor", "supervisor"},
    "view_incidents": {"supervisor", "administrator"},
    "repair_incident": {"supervisor", "administrator"},
    "view_interventions": {"supervisor", "director", "administrator", "auditor"},
    "request_intervention": {"supervisor", "administrator"},
    "correct_data": {"supervisor"},
    "approve_intervention": {"supervisor", "director"},
    "view_procedures": {"analyst", "auditor", "supervisor", "director", "administrator"},
    "check_procedure": {"analyst"},
    "approve_procedure": {"analyst", "director"},
    "release_procedure": {"analyst"},
    "view_migrations": {"analyst", "supervisor", "director", "auditor"},
    "request_migration": {"analyst"},
    "approve_migration": {"supervisor", "director"},
    "decide_calendar": {"administrator"},
    "manage_officers": {"administrator"},
}


def officer(*postings: tuple[str, str]) -> OfficerActor:
    return OfficerActor(
        officer_id=UUID(int=1),
        username="a",
        name="A",
        postings=tuple(Posting(role, agency) for role, agency in postings),
    )


def dossier(handling: str) -> Subject:
    return Subject(
        handling=handling,
        agency="SXD",
        received_agency="TTHCC",
        involved=frozenset({"SXD", "STP"}),
        task_role="head",
        task_agency="SXD",
    )


def expected(action: str, role: str, agency: str, handling: str) -> bool:
    cells = EXPECTED[action]
    statuses = cells.get((role, agency)) or cells.get((role, "any"))
    if statuses is None:
        return False
    return {"*": True, "open": handling in OPEN, "in_process": handling == "in_process"}[statuses]


def test_the_matrix_speaks_of_every_action() -> None:
    assert set(EXPECTED) | set(ANYWHERE) == {action.value for action in TABLE} == {*Action}
    assert not set(EXPECTED) & set(ANYWHERE)


@pytest.mark.parametrize("action", EXPECTED)
def test_a_right_over_a_dossier_is_exactly_what_the_matrix_says(action: str) -> None:
    for role, agency, handling in product(ROLES, PLACES, Handling):
        told = may(officer((role, agency)), Action(action), dossier(handling))
        assert told == expected(action, role, agency, handling), (action, role, agency, handling)


@pytest.mark.parametrize("action", ANYWHERE)
def test_a_right_without_dossier_belongs_to_these_roles_only(action: str) -> None:
    holders = {role for role in ROLES if may_anywhere(officer((role, "TTHCC")), Action(action))}
    assert holders == ANYWHERE[action]


def test_two_postings_do_not_add_up_to_a_right_that_neither_gives() -> None:
    """Head at one agency and clerk at the other is not head at the other."""
    both = officer(("head", "UBND"), ("clerk", "SXD"))
    assert not may(both, Action.COMPLETE_TASK, dossier("in_process"))
    assert not may(both, Action.EXTEND_DEADLINE, dossier("in_process"))


def test_an_officer_acts_in_the_office_that_gives_the_right() -> None:
    both = officer(("cashier", "TTHCC"), ("head", "SXD"))
    assert acting_office(both, Action.COMPLETE_TASK, dossier("in_process")) == Posting("head", "SXD")
    assert acting_office(both, Action.DELIVER_MESSAGE, dossier("in_process")) == Posting("cashier", "TTHCC")
    assert acting_office(both, Action.COMPLETE_TASK, dossier("withdrawn")) is None


def test_those_who_run_the_system_see_no_dossier() -> None:
    for role in ("administrator", "analyst"):
        for action in EXPECTED:
            assert not may(officer((role, "SXD"), (role, "TTHCC")), Action(action), dossier("in_process"))
