"""What the officer typed on the reception sheet, as typed, and what the engine is given of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from flask import Request
from werkzeug.datastructures import MultiDict

from api.pages.forms import PREFIX, answers_from, first_typed
from engine.domain.applicant import FIELDS
from engine.domain.dossier import Channel
from engine.domain.form import check
from engine.domain.procedure import RequiredDocument
from engine.domain.upload import MAX_BYTES
from engine.intake import Intake
from engine.procedures import Definition

CHECK_PREFIX = "c."  # fields of the check's form; the procedure's own form has the usual prefix
COUNTS = ("originals", "certified", "copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A file chosen beside a line of the checklist."""

    required_id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The sheet as it stands on the screen."""

    key: str  # of this one reception: sent twice, it is still one dossier
    applicant: Mapping[str, str]
    counts: Mapping[str, Mapping[str, str]]  # by document
    answers: Mapping[str, Any]
    check: Mapping[str, Any]
    decision: str
    reason: str
    channel: str
    result_channel: str
    scans: tuple[Scan, ...] = ()

    def intake(self, code: str) -> Intake:
        """What the engine checks."""
        scanned = {scan.required_id for scan in self.scans}
        documents = [
            {"id": one, **counts, "digital": int(one in scanned)} for one, counts in self.counts.items()
        ]
        return Intake(
            procedure_code=code,
            channel=self.channel,
            applicant=self.applicant,
            answers=self.answers,
            documents=documents,
            result_channel=self.result_channel,
        )

    def decided(self) -> dict[str, Any]:
        """The answers of the checking step."""
        given: dict[str, Any] = {"decision": self.decision}
        return {**self.check, **given, **({"reason": self.reason} if self.reason else {})}

    def scope(self, definition: Definition) -> dict[str, Any]:
        """What conditions of forms and of the checklist look at: the document as it would begin."""
        facts = {"channel": self.channel, "applicant_kind": self.applicant.get("kind")}
        document: dict[str, Any] = {"applicant": self.applicant, "result_channel": self.result_channel}
        document["dossier"] = facts
        form = definition.procedure.form
        if form is None:
            return document
        return {**check(definition.questions(form), self.answers, document).values, **document}


def untouched(definition: Definition, check_form: str | None) -> Typed:
    """A sheet nobody has typed on: defaults of the forms, a new key; nothing counts as handed in yet."""
    procedure = definition.procedure
    return Typed(
        key=uuid4().hex,
        applicant={"kind": "citizen"},
        counts={one.id: dict.fromkeys(COUNTS, "") for one in procedure.documents},
        answers=first_typed(definition.questions(procedure.form)) if procedure.form else {},
        check=first_typed(definition.questions(check_form)) if check_form else {},
        decision="",
        reason="",
        channel=Channel.COUNTER if Channel.COUNTER in offered(definition) else offered(definition)[0],
        result_channel="counter",
    )


def typed_on(request: Request, definition: Definition) -> Typed:
    """The sheet as it was sent."""
    posted: MultiDict[str, str] = request.form
    documents = definition.procedure.documents
    return Typed(
        key=posted.get("key") or uuid4().hex,
        applicant={name: posted.get(f"applicant.{name}", "") for name in FIELDS},
        counts={
            one.id: {name: posted.get(f"doc.{one.id}.{name}", "") for name in COUNTS} for one in documents
        },
        answers=answers_from(posted, PREFIX),
        check=answers_from(posted, CHECK_PREFIX),
        decision=posted.get("decision", ""),
        reason=posted.get("reason", ""),
        channel=posted.get("channel", ""),
        result_channel=posted.get("result_channel", ""),
        scans=tuple(_scans(request, documents)),
    )


def complete(typed: Typed, definition: Definition) -> Typed:
    """The same sheet with every needed document counted as the procedure asks for it."""
    scope = typed.scope(definition)
    asked = {
        one.id: _asked(one) if one.needed(scope) else typed.counts[one.id]
        for one in definition.procedure.documents
    }
    return replace(typed, counts=asked)


def offered(definition: Definition) -> tuple[str, ...]:
    """How a dossier of this procedure may come; a diagram that says nothing takes all ways."""
    return definition.procedure.channels or tuple(Channel)


def _asked(document: RequiredDocument) -> dict[str, str]:
    wanted = (document.original, document.certified, document.copy)
    return {name: str(count) if count else "" for name, count in zip(COUNTS, wanted, strict=True)}


def _scans(request: Request, documents: tuple[RequiredDocument, ...]) -> Iterator[Scan]:
    for one in documents:
        file = request.files.get(f"file.{one.id}")
        if file is not None and file.filename:
            # One byte more than is taken: enough to refuse it, never the whole of a giant.
            yield Scan(required_id=one.id, name=file.filename, content=file.stream.read(MAX_BYTES + 1))
