"""The pages of an application: which there are for a procedure, which is the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from api.context import engine
from api.i18n import _
from engine.domain.dossier import Channel
from engine.domain.form import check
from engine.domain.procedure import RequiredDocument
from engine.drafts import Draft
from engine.errors import NotFound
from engine.procedures import ProcedureVersion

APPLICANT, FORM, DOCUMENTS, REVIEW = "applicant", "form", "documents", "review"
_TITLES = {APPLICANT: "Người nộp", FORM: "Tờ khai", DOCUMENTS: "Giấy tờ", REVIEW: "Kiểm tra và nộp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLink:
    """One step of the bar."""

    name: str
    title: str
    url: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A draft together with the procedure it is for."""

    token: str
    draft: Draft
    version: ProcedureVersion
    definition: Any  # engine's Definition: forms and tables of the version

    @property
    def form(self) -> Any:
        """The procedure's own form, or None."""
        name = self.definition.procedure.form
        return self.definition.questions(name) if name else None

    @property
    def scope(self) -> dict[str, object]:
        """What conditions of the form may look at."""
        kind = self.draft.applicant.get("kind")
        dossier = {"channel": str(Channel.ONLINE), "applicant_kind": kind}
        return {"applicant": dict(self.draft.applicant), "dossier": dossier}

    @property
    def values(self) -> Mapping[str, Any]:
        """The answers so far as the document would hold them; what does not fit is left out or null."""
        return check(self.form, self.draft.answers, self.scope).values if self.form else {}

    def needed(self) -> list[RequiredDocument]:
        """The documents that this application needs, by its answers."""
        scope = {**self.scope, **self.values}
        return [one for one in self.version.facts.documents if one.needed(scope)]

    def missing(self) -> list[RequiredDocument]:
        """Needed ones that may come as files and of which none was sent."""
        sent = {file.required_id for file in self.draft.files}
        return [one for one in self.needed() if one.electronic and one.id not in sent]

    def names(self) -> tuple[str, ...]:
        """The steps: without a form of its own a procedure has none to fill in."""
        return tuple(name for name in _TITLES if name != FORM or self.form)

    def url(self, name: str) -> str:
        return url_for(f"citizen.apply_{name}", code=self.version.code, token=self.token)

    def bar(self, current: str) -> list[StepLink]:
        """The bar above every page of the application."""
        return [
            StepLink(
                name=name,
                title=_(_TITLES[name]),
                url=self.url(name),
                done=name in self.draft.done,
                current=name == current,
            )
            for name in self.names()
        ]

    def after(self, name: str) -> str:
        """The address of the step behind this one."""
        names = self.names()
        return self.url(names[names.index(name) + 1])

    def unfinished(self) -> str | None:
        """The first step before the review that was never finished."""
        return next((one for one in self.names() if one != REVIEW and one not in self.draft.done), None)


def application(code: str, token: str) -> Application:
    """The application behind the token in an address. Raises NotFound, also when the procedure is another."""
    draft = engine().drafts.get(token)
    if draft.procedure_code != code:
        raise NotFound(what="hồ sơ đang soạn")
    version = engine().procedures.get(code)
    definition = engine().procedures.definition(version.sha256)
    return Application(token=token, draft=draft, version=version, definition=definition)
