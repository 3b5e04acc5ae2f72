"""What a repair is: a thing that it finds, a question, possible answers with a default, and a change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.report import Outcome

REFUSE = "refuse"  # the answer that every question takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One place that a repair is for."""

    element: etree._Element
    default: str  # the answer that stands when nobody has given one
    before: str = ""  # what stands there now, as the report shows it
    told: str = ""  # what is done, where the answer alone does not say it
    options: Mapping[str, str] = field(default_factory=dict)  # answers that are particular to this place
    more: Any = None  # what the repair has found out on the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A row of the table of repairs."""

    rule: str
    vi: str  # what is found, and what is asked
    en: str
    find: Callable[[Drawing], Iterable[Case]]
    mend: Callable[[Drawing, Case, str], None]
    options: Mapping[str, str] = field(default_factory=dict)  # closed answers and what they mean
    takes: Callable[[str], bool] | None = None  # whether an open answer will do
    keeps: str = ""  # an answer that leaves all as it is: the report says that it is kept, not assumed
    silent: str = ""  # an answer that leaves all as it is, and that no report needs to mention
    asks: bool = True  # False: the same said in another way, there is nothing to ask
    outcome: Outcome = Outcome.CHANGED  # of one that asks nothing

    def accepts(self, answer: str, case: Case) -> bool:
        """Whether an answer is one that this question takes."""
        known = answer in (REFUSE, case.default) or answer in self.options or answer in case.options
        return known or (self.takes is not None and self.takes(answer))
