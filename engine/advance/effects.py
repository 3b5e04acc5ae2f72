"""What a command asks to be done outside after its commit: notices to citizens and officers."""

from collections.abc import Mapping
from typing import Any

from engine.advance.work import Effect, Work
from engine.domain.message import ROUTE
from engine.workflow.step import Step


def throw(work: Work, step: Step) -> None:
    """Messages and signals for other dossiers: they leave with the commit."""
    for one in step.thrown:
        payload = {"kind": one.kind, "name": one.name, "node": one.node, "data": dict(one.payload)}
        work.effects.append(Effect(handler=ROUTE, payload=payload))


def tell_applicant(work: Work, template: str, **inputs: Any) -> None:
    """A notice to the citizen, by the channels the dossier names."""
    work.effects.append(Effect(handler="notify_applicant", payload={"template": template, **inputs}))


def tell_officers(work: Work, template: str, audience: Mapping[str, Any]) -> None:
    """A notice to those whose work it is: roles of an agency, or who holds the open tasks."""
    work.effects.append(
        Effect(handler="notify_officers", payload={"template": template, "audience": dict(audience)})
    )
