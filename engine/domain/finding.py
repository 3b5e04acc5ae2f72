"""What a check of a diagram, form or table has to say: one finding, one element, one remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # the bundle is refused
    WARNING = "warning"  # the bundle may be deployed; somebody should look


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found, in both languages, with the element it is about."""

    rule: str  # stable id of the rule, e.g. "flow-without-target"
    severity: Severity
    element_id: str | None = None  # BPMN id, or the file's own key
    element_name: str | None = None
    file: str | None = None
    line: int | None = None  # 1-based line in the file
    message_vi: str
    message_en: str
    remedy_vi: str
    remedy_en: str

    def sentence(self, lang: str = "vi") -> str:
        """One line for a terminal or a list: where, what, and what to do."""
        where = self.element_name or self.element_id or self.file or ""
        message, remedy = (
            (self.message_vi, self.remedy_vi) if lang == "vi" else (self.message_en, self.remedy_en)
        )
        place = f"«{where}»: " if where else ""
        return f"{place}{message} → {remedy}"


def sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing that was found keeps the thing from being used."""
    return not any(one.severity == Severity.ERROR for one in findings)
