"""What an import says about a file: one entry for each thing kept, changed, assumed or refused."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    KEPT = "kept"  # stays in the file as it is, and is not executed
    CHANGED = "changed"  # written in another way, with the same meaning
    ANSWERED = "answered"  # an answer of the analyst stands for what the drawing does not say
    ASSUMED = "assumed"  # the default answer stands for it
    REFUSED = "refused"  # nobody has said how to do it without a loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was found in a drawing."""

    rule: str  # id of the repair, or of the rule of the check
    outcome: Outcome
    element_id: str | None = None  # as it is called in the result
    element_name: str | None = None
    element_kind: str = ""  # local name of the BPMN element
    message_vi: str  # what was found, and asked
    message_en: str
    answer: str = ""  # what stands for it now
    before: str = ""  # what stood in the file, where that is not there any more
    options: Mapping[str, str] = field(default_factory=dict)  # other answers, by what they mean

    def sentence(self, lang: str = "vi") -> str:
        """One line for a terminal."""
        where = self.element_name or self.element_id or ""
        said = self.message_vi if lang == "vi" else self.message_en
        place = f"«{where}»: " if where else ""
        answer = f" → {self.answer}" if self.answer else ""
        return f"{place}{said}{answer}"

    def to_json(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value}
