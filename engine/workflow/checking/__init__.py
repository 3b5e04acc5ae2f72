"""What may be deployed: rules over a diagram, each with element, reason and remedy in both languages."""

from collections.abc import Callable, Iterable

from engine.domain.finding import Finding, sound
from engine.workflow.checking import (
    boundaries,
    calls,
    collaboration,
    compensation,
    data,
    elements,
    event_scopes,
    expressions,
    flows,
    forms,
    gateways,
    names,
    paths,
    people,
    references,
    repetition,
    spelling,
    targets,
    tokens,
    words,
)
from engine.workflow.checking.rehearsal import rehearse
from engine.workflow.checking.subject import Subject, subject_of
from engine.workflow.reading.closure import Closure

Rule = Callable[[Subject], Iterable[Finding]]

FAMILIES = (
    elements, references, targets, collaboration, data, flows, gateways, boundaries, event_scopes, repetition,
    compensation, paths, calls, tokens, expressions, names, people, spelling, words,
    forms,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)


# Rules about processes that may get stuck: they can be tried out, and are refused all the same.
SOUNDNESS = frozenset({"join-never-completes", "no-way-to-end", "dry-run-stuck", "dry-run-endless"})


def check(closure: Closure, handlers: frozenset[str], *, house: bool = True) -> list[Finding]:
    """All findings of all rules, in their order; no handlers given: their names are not checked.

    ``house=False`` holds a procedure of ours to BPMN alone. What has no error is tried out as well.
    """
    subject = subject_of(closure, handlers, house=house)
    found = [finding for rule in RULES for finding in rule(subject)]
    if sound((*closure.findings, *found)):
        found += rehearse(subject)
    return found
