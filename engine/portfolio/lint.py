"""A check of the whole catalogue, counted up by rule."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.domain.finding import Finding, Severity, sound
from engine.errors import MotcuaError
from engine.workflow.bundle import BundleSource, check_bundle
from engine.workflow.reading.guard import as_utf8


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One diagram after its check."""

    file: str
    code: str = ""  # of the procedure; none of a shared process
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
        source = read()
        findings = tuple(check_bundle(source, handlers=handlers))
        return Checked(file=file, code=code_of(source), findings=findings)
    except MotcuaError as error:
        return Checked(file=file, refused=(error.message("vi"), error.message("en")))


_CODE = re.compile(rb"<[\w:]*procedure\s[^>]*?\bcode=[\"']([^\"']+)[\"']")


def code_of(source: BundleSource) -> str:
    """The code of the procedure that the main diagram describes; empty when it describes none."""
    found = _CODE.search(as_utf8(source.files[source.main]))
    return found[1].decode("utf-8", "replace") if found else ""


def codes_twice(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Codes that two files claim: the later file, the earlier one, the code."""
    first: dict[str, str] = {}
    for file, code in files:
        if code and first.setdefault(code, file) != file:
            yield file, first[code], code


def with_codes_twice(checked: Sequence[Checked]) -> list[Checked]:
    """The same with an error on every file whose code another file has already."""
    twice = {
        file: (other, code) for file, other, code in codes_twice((one.file, one.code) for one in checked)
    }
    return [
        replace(one, findings=(*one.findings, _twice(*twice[one.file]))) if one.file in twice else one
        for one in checked
    ]


def _twice(other: str, code: str) -> Finding:
    return Finding(
        rule="code-twice", severity=Severity.ERROR,
        message_vi=f"mã thủ tục {code} đã có ở {other}", message_en=f"the code {code} is in {other} already",
        remedy_vi="Sửa mã, hoặc bỏ một tệp.", remedy_en="Change the code, or drop one of the files.",
    )  # fmt: skip


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
