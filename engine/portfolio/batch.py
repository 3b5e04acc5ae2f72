"""Changed files before anybody writes them: what is different, and whether they can still be deployed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.domain.finding import Finding, Severity
from engine.domain.mapping import Difference
from engine.portfolio.change import Change, Targets, changed
from engine.portfolio.diff import compared
from engine.workflow.bundle import BundleSource, check_bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One file, before and after."""

    file: str
    source: BundleSource  # after
    before: bytes
    differences: Sequence[Difference]
    errors: Sequence[Finding]  # that it did not have before
    unsure: Sequence[str]  # elements where it could not be told what to do

    @property
    def after(self) -> bytes:
        return self.source.files[self.source.main]

    def to_json(self) -> dict[str, Any]:
        told = [{"kind": one.kind, "element": one.element, "vi": one.vi, "en": one.en}
                for one in self.differences]  # fmt: skip
        errors = [{lang: one.sentence(lang) for lang in ("vi", "en")} for one in self.errors]
        return {"file": self.file, "differences": told, "errors": errors, "unsure": list(self.unsure)}


def outcome(
    file: str, source: BundleSource, targets: Targets, change: Change, handlers: Iterable[str]
) -> Outcome | None:
    """What a change makes of a file; None when it stays as it is. Raises XmlRefused."""
    before = source.files[source.main]
    after, unsure = changed(before, source.main, targets, change)
    if after == before:
        if not unsure:
            return None
        return Outcome(file=file, source=source, before=before, differences=(), errors=(), unsure=unsure)
    fresh = replace(source, files={**source.files, source.main: after})
    return Outcome(
        file=file, source=fresh, before=before, differences=compared(source, fresh),
        errors=_new_errors(source, fresh, frozenset(handlers)), unsure=unsure,
    )  # fmt: skip


def _new_errors(old: BundleSource, new: BundleSource, handlers: frozenset[str]) -> list[Finding]:
    """Errors of the change; those that were there before are not its own."""
    found = [one for one in check_bundle(new, handlers=handlers) if one.severity == Severity.ERROR]
    if not found:
        return []
    known = {(one.rule, one.element_id, one.message_en) for one in check_bundle(old, handlers=handlers)}
    return [one for one in found if (one.rule, one.element_id, one.message_en) not in known]
