"""The forms of a bundle, by the rules of forms."""

from collections.abc import Iterable
from dataclasses import replace

from engine.domain.finding import Finding
from engine.domain.form.findings import form_findings
from engine.workflow.checking.subject import Subject


def sound(subject: Subject) -> Iterable[Finding]:
    """Only forms that the server checks exactly as they are shown."""
    for name, form in subject.closure.forms.items():
        for one in form_findings(form):
            yield replace(one, file=f"forms/{name}.json")


RULES = (sound,)
