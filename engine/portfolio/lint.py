"""A check of the whole catalogue, counted up by rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engine.domain.finding import Finding, Severity, sound
from engine.errors import MotcuaError
from engine.workflow.bundle import BundleSource, check_bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One diagram after its check."""

    file: str
    findings: tuple[Finding, ...] = ()
    refused: tuple[str, str] | None = None  # vi, en: why it could not be read at all

    @property
    def passed(self) -> bool:
        return self.refused is None and sound(self.findings)

    def to_json(self) -> dict[str, Any]:
        findings = [asdict(one) for one in self.findings]
        return {"file": self.file, "passed": self.passed, "refused": self.refused, "findings": findings}


def check(file: str, read: Callable[[], BundleSource], handlers: Iterable[str]) -> Checked:
    """One diagram, in whatever process; what cannot be read never stops the next one."""
    try:
        return Checked(file=file, findings=tuple(check_bundle(read(), handlers=handlers)))
    except MotcuaError as error:
        return Checked(file=file, refused=(error.message("vi"), error.message("en")))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How often a rule was broken, and one place where."""

    rule: str
    severity: Severity
    findings: int
    files: int
    example: Mapping[str, str]  # language to sentence

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def by_rule(checked: Iterable[Checked]) -> Sequence[RuleCount]:
    """Rules that were broken, errors first, then the most frequent; the same finding counts once a file.

    A shared process is found wanting in every procedure that calls it: ``findings`` counts what there is to
    mend, ``files`` how many diagrams it keeps from passing.
    """
    mend: dict[tuple[str, Severity], dict[tuple[str | None, str | None, str], Finding]] = {}
    files: dict[tuple[str, Severity], set[str]] = {}
    for one in checked:
        for finding in one.findings:
            rule = finding.rule, finding.severity
            place = finding.file or one.file, finding.element_id, finding.message_en
            mend.setdefault(rule, {}).setdefault(place, finding)
            files.setdefault(rule, set()).add(one.file)
    counts = [
        RuleCount(rule=rule, severity=severity, findings=len(found), files=len(files[rule, severity]),
                  example={lang: next(iter(found.values())).sentence(lang) for lang in ("vi", "en")})
        for (rule, severity), found in mend.items()
    ]  # fmt: skip
    return sorted(counts, key=lambda one: (one.severity != Severity.ERROR, -one.findings, one.rule))
