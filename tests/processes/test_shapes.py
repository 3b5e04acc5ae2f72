"""The twelve show every shape that a procedure of the centre can have."""

from collections.abc import Callable

import pytest

from engine.domain.duration import WorkingDays
from engine.workflow.bundle import Definition

from .test_catalogue import FILES
from .world import Dossier

DEFINITIONS = {one.procedure.code: one for one in (Dossier(file).definition for file in FILES)}


def kinds(definition: Definition, kind: str) -> list[str]:
    return [node.name for node in definition.nodes.values() if node.kind == kind]


def milestones(definition: Definition) -> set[str | None]:
    return {node.milestone for node in definition.nodes.values()}


def other_agencies(definition: Definition) -> set[str]:
    """Agencies beside the competent one and the centre that have a step of their own."""
    own = {"competent", "centre", None, definition.procedure.agency}
    return {
        str(one.agency)
        for one in definition.nodes.values()
        if one.kind == "userTask" and one.agency not in own
    }


SHAPES: dict[str, Callable[[Definition], bool]] = {
    "result the same day": lambda one: one.procedure.same_day,
    "site visit": lambda one: any(
        "hiện trường" in name or "thực tế" in name for name in kinds(one, "userTask")
    ),
    "opinion of another agency": lambda one: bool(other_agencies(one)),
    "fee by a decision table": lambda one: any(fee.table for fee in one.procedure.fees),
    "limit by channel": lambda one: "channel" in (one.procedure.time_limit or ""),
    "automatic step": lambda one: bool(kinds(one, "serviceTask")),
    "refusal with a written reason": lambda one: "declined" in milestones(one),
    "withdrawal": lambda one: "withdrawn" in milestones(one),
    "supplement": lambda one: "returned" in milestones(one),
    "inter-agency": lambda one: len(other_agencies(one)) >= 2,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shape_is_among_the_twelve(shape: str) -> None:
    assert [code for code, one in DEFINITIONS.items() if SHAPES[shape](one)]


def test_an_ordinary_appraisal_counts_working_days() -> None:
    limits = [one.procedure.limit({"dossier": {"channel": "counter"}}) for one in ordinary()]
    assert any(isinstance(limit, WorkingDays) for limit in limits)


def ordinary() -> list[Definition]:
    """Procedures whose limit is one figure."""
    return [one for one in DEFINITIONS.values() if "if" not in (one.procedure.time_limit or "if").split()]
