"""Forms drawn with form-js: its JSON is the source; it is read into a frozen ``Form`` and checked here."""

from engine.domain.form.answers import Answers, check, check_answers
from engine.domain.form.findings import FormRefused, form_findings, read_form
from engine.domain.form.model import Field, Form, Option
from engine.domain.form.notation import shown

__all__ = [
    "Answers",
    "Field",
    "Form",
    "FormRefused",
    "Option",
    "check",
    "check_answers",
    "form_findings",
    "read_form",
    "shown",
]
