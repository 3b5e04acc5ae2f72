"""The seven papers of the one-stop centre: their content, frozen at issue, without any layout.

Names: appointment_slip, supplement_request, refusal_slip, apology_extension, stop_notice, control_slip,
register; versions in ``engine.domain.papers.forms``.
"""

from collections.abc import Callable

from engine.domain.papers.appointment import appointment_slip
from engine.domain.papers.content import Paper
from engine.domain.papers.facts import PaperFacts
from engine.domain.papers.forms import Form, PaperIncomplete, UnknownPaper, form, form_on
from engine.domain.papers.letters import apology_extension, stop_notice
from engine.domain.papers.records import control_slip, register
from engine.domain.papers.requests import refusal_slip, supplement_request

_BUILDERS: dict[str, Callable[[Form, PaperFacts], Paper]] = {
    "appointment_slip": appointment_slip,
    "supplement_request": supplement_request,
    "refusal_slip": refusal_slip,
    "apology_extension": apology_extension,
    "stop_notice": stop_notice,
    "control_slip": control_slip,
    "register": register,
}

NAMES: tuple[str, ...] = tuple(_BUILDERS)


def build(chosen: Form, facts: PaperFacts) -> Paper:
    """The paper of that form from these facts, the same for equal facts.

    Raises PaperIncomplete when the facts lack something the form must hold.
    """
    return _BUILDERS[chosen.name](chosen, facts)


__all__ = [
    "NAMES",
    "Form",
    "Paper",
    "PaperFacts",
    "PaperIncomplete",
    "UnknownPaper",
    "build",
    "form",
    "form_on",
]
