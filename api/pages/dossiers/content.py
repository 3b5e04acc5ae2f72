"""What stands in a dossier's document, as people read it: questions in their order, answers in words."""

from collections.abc import Mapping
from typing import Any

from api.i18n import _, pick
from api.pages.wording import value as plain
from engine.domain.form import Field, shown
from engine.domain.milestone import MILESTONES
from engine.procedures import Definition

_PLACES = {"counter": "Tại Trung tâm", "postal": "Qua bưu chính", "online": "Trực tuyến"}
# Shown beside the content, or only for the process itself.
_ELSEWHERE = frozenset({"applicant", "documents", "decision", "reason", "request", "reception_outcome"})


class Words:
    """Labels and answers by the forms of one bundle; ``labels`` name what no form asks for."""

    def __init__(self, definition: Definition, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._fields: dict[str, Field] = {}
        for form in definition.forms:
            for field in definition.questions(form).each():
                if field.key:
                    self._fields.setdefault(field.key, field)

    def label(self, key: str) -> str:
        """What a value is called; its own name when nothing better is known."""
        field = self._fields.get(key)
        return pick(field.label, field.label_en) if field else _(self._labels.get(key, key))

    def answer(self, key: str, value: Any) -> str:
        """A value as it would be written by hand."""
        if key == "result_channel":
            return _(_PLACES.get(str(value), str(value)))
        if key == "reception_outcome" and value in MILESTONES:
            return _(MILESTONES[value].vi)
        field = self._fields.get(key)
        if field is None or value in (None, "", []):
            return plain(value)
        if field.kind == "dynamiclist" and isinstance(value, list):
            return "\n".join(_row(field, row) for row in value)
        return shown(field, value, pick("vi", "en"))

    def content(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and answer of all that was filled in, in the order in which it came."""
        known = {*self._fields, *self._labels} - _ELSEWHERE
        return [
            (self.label(key), self.answer(key, value))
            for key, value in data.items()
            if key in known and value not in (None, "", [])
        ]


def _row(field: Field, row: Any) -> str:
    """One row of a list: its answers, each with its question."""
    if not isinstance(row, Mapping):
        return plain(row)
    cells = [(one, row.get(one.key)) for one in field.fields]
    return "; ".join(
        f"{pick(one.label, one.label_en)}: {shown(one, given, pick('vi', 'en'))}"
        for one, given in cells
        if given not in (None, "", [])
    )
