"""Commands of a dossier in the words of a scenario, without anybody's personal data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.domain.form.model import Field, Form
from engine.domain.form.notation import shown
from engine.scenario.anonymising import Masks
from engine.scenario.running import APPLICANTS
from engine.scenario.spans import written
from engine.scenario.words import APPLICANT, CHANNELS, DEEDS, GIVEN, KINDS, SERVICE, key
from engine.store.database import Row
from engine.workflow.bundle import Definition

Json = dict[str, Any]
_APPLICANT = {**APPLICANTS["citizen"], **APPLICANTS["organisation"], "email": "nguoinop@example.vn"}
_REASON = "Lý do mẫu"
_STEP, _MESSAGE = DEEDS["step"][1], DEEDS["message"][1]
_COUNTS = {"originals": "bản chính", "copies": "bản sao", "certified": "bản sao chứng thực",
           "digital": "bản điện tử"}  # fmt: skip


class Retelling:
    """Tells what was done with one dossier."""

    def __init__(self, definition: Definition, masks: Masks, row: Row[Any]) -> None:
        self._definition, self._masks, self._row = definition, masks, row

    def handed_in(self, answers: Mapping[str, Any]) -> Json:
        """Applicant, form and documents."""
        form = self._definition.procedure.form
        told: Json = {GIVEN["applicant"]: self._applicant(answers.get("applicant") or {})}
        if form is not None:
            told[GIVEN["answers"]] = self._filled(self._definition.questions(form), answers)
        documents = [self._document(one) for one in answers.get("documents") or ()]
        if documents:
            told[GIVEN["documents"]] = documents
        channel = answers.get("result_channel") or "counter"
        if channel != "counter":
            told[GIVEN["result_channel"]] = CHANNELS[channel].lower()
        return told

    def _applicant(self, applicant: Mapping[str, Any]) -> Json | str:
        """Somebody of the same kind, with as many particulars."""
        kind = applicant.get("kind") or "citizen"
        if {name for name, value in applicant.items() if value} == set(APPLICANTS[kind]):
            return KINDS[kind]
        fixed = {**_APPLICANT, **APPLICANTS[kind]}
        return {
            vi: KINDS[kind] if name == "kind" else fixed[name]
            for name, vi in APPLICANT.items()
            if applicant.get(name)
        }

    def _document(self, document: Mapping[str, Any]) -> Json:
        return {"mã": document["id"]} | {
            vi: document[name] for name, vi in _COUNTS.items() if document.get(name)
        }

    def _filled(self, form: Form, answers: Mapping[str, Any]) -> Json:
        """What was answered, by the labels of the fields; what was left empty is left out."""
        labels = [key(one.label) for one in form.each() if one.answered]
        told: Json = {}
        for field in form.each():
            value = answers.get(field.key) if field.answered else None
            plain = labels.count(key(field.label)) == 1 and field.label
            if field.kind == "dynamiclist":
                if value or any(one.required for one in field.fields):  # else a sample of it is nothing
                    rows = [self._row_of(field, one) for one in value or ()]
                    told[field.label if plain else field.key] = rows
            elif value not in (None, "", False, []):
                told[field.label if plain else field.key] = self._said(field, value)
        return told

    def _row_of(self, field: Field, row: Mapping[str, Any]) -> Json:
        return {
            one.key: self._said(one, row[one.key])
            for one in field.fields
            if row.get(one.key) not in (None, "", False, [])
        }

    def _said(self, field: Field, value: Any) -> Any:
        """An answer as people write it; texts of their own are replaced."""
        if isinstance(value, list):
            return [self._said(field, one) for one in value]
        if isinstance(value, str) and field.kind in ("textfield", "textarea"):
            return self._masks.text(value, called=f"{field.label} {field.key}", field=field)
        return shown(field, value).lower() if isinstance(value, bool) else shown(field, value)

    # ---- deeds, by kinds of commands

    def started(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        raise AssertionError("told by what is given")

    def completed(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        node, answers = self._definition.nodes[entry.node], payload.get("answers") or {}
        told: Json = {DEEDS["step"][0]: node.name or node.id}
        decision = next((one for one in node.decisions if one.value == answers.get("decision")), None)
        if decision is not None:
            told[_STEP["decision"]] = decision.label
            if answers.get("reason"):
                told[_STEP["reason"]] = _REASON
        if node.form is not None:
            said = self._filled(self._definition.questions(node.form), answers)
            if said:
                told[_STEP["answers"]] = said
        return told

    def supplemented(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        note = (payload.get("answers") or {}).get("supplement_note")
        return {DEEDS["supplement"][0]: "Đã nộp bổ sung" if note else {}}

    def withdrawn(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        return {DEEDS["withdraw"][0]: _REASON}

    def messaged(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        told: Json = {DEEDS["message"][0]: payload.get("name")}
        answers = self._masks.whole(payload.get("answers") or {})
        return told | ({_MESSAGE["content"]: answers} if answers else {})

    def answered(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        """What a service said: its "no" by the code, its answer with the same numbers and truths."""
        node = self._definition.nodes[entry.node]
        told: Json = {DEEDS["service"][0]: node.name or node.id}
        if entry.kind == "job_error":
            return told | {SERVICE["error"]: payload.get("name")}
        return told | {SERVICE["result"]: self._masks.whole(payload.get("answers") or {})}

    def extended(self, entry: Row[Any], payload: Mapping[str, Any]) -> Json:
        due = datetime.fromisoformat(payload["details"]["due_at"])
        return {DEEDS["extend"][0]: written(due), DEEDS["extend"][1]["reason"]: _REASON}
