"""What stands in a dossier's document, as people read it: questions in their order, answers in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.i18n import _, pick
from api.pages.labels import labels_of
from api.pages.shell import milestone_word, word
from api.pages.wording import value as plain
from engine.domain.form import Field, shown
from engine.procedures import Definition
from engine.views import HistoryView

_PLACES = {"counter": "Tại Trung tâm", "postal": "Qua bưu chính", "online": "Trực tuyến"}
_PERSONS = frozenset({"applicant", "representative", "owner"})
_PARTS = {
    "name": "Họ tên cá nhân hoặc tên tổ chức",
    "kind": "Người nộp là",
    "id_number": "Số định danh cá nhân",
    "tax_code": "Mã số thuế",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
}
_KINDS = {"citizen": "Cá nhân", "organisation": "Tổ chức, doanh nghiệp"}
# Shown beside the content, or only for the process itself.
_ELSEWHERE = frozenset(
    {
        "applicant", "documents", "decision", "reason", "request", "reception_outcome", "supplement_outcome",
        "result_kind",
    }
)  # fmt: skip
_DECISION = "_decision"  # <id of a step>_decision keeps what was decided there


@dataclass(frozen=True, slots=True)
class Changed:
    """One value of the document that a command changed, in words."""

    label: str
    before: str
    after: str


class Words:
    """Labels and answers by the forms of one bundle, decisions by the buttons of its steps."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._labels = labels_of(definition.forms.values())
        self._fields: dict[str, Field] = {}
        for form in definition.forms:
            for key, field in self._asked(form):
                self._fields.setdefault(key, field)

    def _asked(self, form: str) -> Iterable[tuple[str, Field]]:
        return ((field.key, field) for field in self._definition.questions(form).each() if field.key)

    def label(self, key: str, node: str | None = None) -> str:
        """What a value is called; a step that writes it may ask for it in its own words."""
        field = self._field(key, node)
        if field is not None:
            return pick(field.label, field.label_en)
        step = self._deciding(key, node)
        if step is not None:
            return _("Quyết định ở bước «{step}»", step=self._definition.nodes[step].name)
        return _(self._labels[key]) if key in self._labels else self._written(key)

    def answer(self, key: str, value: Any, node: str | None = None) -> str:
        """A value as it would be written by hand."""
        step = self._deciding(key, node)
        if step is not None and value:
            return self._decided(step, str(value))
        if isinstance(value, Mapping) and key in _PERSONS:
            return _person(value)
        if key == "documents" and isinstance(value, list):
            return self._documents(value)
        if isinstance(value, str) and value:
            return self._said(key, value, node)
        field = self._field(key, node)
        if field is None or value in (None, "", []):
            return _(plain(value)) if isinstance(value, bool) else plain(value)
        if field.kind == "dynamiclist" and isinstance(value, list):
            return "\n".join(_row(field, row) for row in value)
        return shown(field, value, pick("vi", "en"))

    def _said(self, key: str, value: str, node: str | None) -> str:
        if key == "result_channel":
            return _(_PLACES.get(value, value))
        if key == "result_kind":
            return word("result", value)
        if key in ("reception_outcome", "supplement_outcome"):
            return milestone_word(value)
        field = self._field(key, node)
        return (shown(field, value, pick("vi", "en")) if field else "") or value

    def content(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and answer of all that was filled in, in the order in which it came."""
        known = {*self._fields, *self._labels} - _ELSEWHERE
        return [
            (self.label(key), self.answer(key, value))
            for key, value in data.items()
            if key in known and value not in (None, "", [])
        ]

    def changes(self, entry: HistoryView) -> list[Changed]:
        """What a command changed; a decision stands once, at its step."""
        found, node = entry.changes, entry.node
        return [
            Changed(self.label(key, node), self._before(key, old, new, node), self.answer(key, new, node))
            for key, (old, new) in found.items()
            if key != "decision" or f"{node}{_DECISION}" not in found
        ]

    def _before(self, key: str, old: Any, new: Any, node: str | None) -> str:
        # "decision" was written last by another step: alone among the changes, this one decided as before.
        return self.answer(key, new if key == "decision" else old, node)

    def _field(self, key: str, node: str | None) -> Field | None:
        facts = self._definition.nodes.get(node or "")
        own = dict(self._asked(facts.form)) if facts and facts.form else {}
        return own.get(key) or self._fields.get(key)

    def _deciding(self, key: str, node: str | None) -> str | None:
        """The step whose decision the value is."""
        step = node if key == "decision" else key.removesuffix(_DECISION) if key.endswith(_DECISION) else None
        return step if step in self._definition.nodes else None

    def _decided(self, step: str, value: str) -> str:
        buttons = self._definition.nodes[step].decisions
        return next((one.label for one in buttons if one.value == value), value)

    def _written(self, key: str) -> str:
        """A value that a step without people wrote is called by that step."""
        for node in self._definition.nodes.values():
            if any(one.name == key for one in node.outputs) or node.decision_result == key:
                return _("Kết quả của bước «{step}»", step=node.name)
        return key

    def _documents(self, counts: list[Any]) -> str:
        names = {one.id: one.name for one in self._definition.procedure.documents}
        given = [(str(one.get("id")), given_words(one)) for one in counts if isinstance(one, Mapping)]
        return "\n".join(f"{names.get(name, name)}: {text}" for name, text in given if text) or "—"


def given_words(counts: Mapping[str, Any]) -> str:
    """How many of a document were handed in: "1 bản chính, 2 bản sao"."""
    words = {
        "originals": _("{count} bản chính"),
        "certified": _("{count} bản sao chứng thực"),
        "copies": _("{count} bản sao"),
    }
    return ", ".join(text.format(count=counts[name]) for name, text in words.items() if counts.get(name))


def _person(value: Mapping[str, Any]) -> str:
    said = {**value, "kind": _(_KINDS.get(str(value.get("kind")), str(value.get("kind") or "")))}
    return "\n".join(f"{_(_PARTS.get(name, name))}: {text}" for name, text in said.items() if text)


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
