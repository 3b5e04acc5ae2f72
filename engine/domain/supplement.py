"""What the law holds against asking for a supplement now: asked before, or asked too late.

A doubt and no refusal: the citizen may not have followed the guidance (NĐ 63/2010/NĐ-CP art. 20(4)), and
sector law may allow more. Whoever asks sees it first, and it can be counted per officer afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import describe
from engine.domain.law import Rules
from engine.domain.ledger import Entry, Ledger, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a supplement should not be asked for."""

    code: str  # supplement-again or supplement-late
    vi: str
    en: str
    basis: str


def supplements_asked(ledger: Ledger) -> tuple[int, int]:
    """How often a supplement was asked for: before receipt, and after it."""
    received = latest(ledger, Entry.RECEIVED)
    asked = [entry for entry in ledger if entry.kind == Entry.RETURNED]
    intake = [entry for entry in asked if received is None or entry.at < received.at]
    return len(intake), len(asked) - len(intake)


def doubts(
    ledger: Ledger, *, at: datetime, rules: Rules, calendar: WorkingCalendar, agency: str
) -> Sequence[Doubt]:
    """What speaks against asking for a supplement at ``at``; empty when nothing does."""
    received = latest(ledger, Entry.RECEIVED)
    intake, appraisal = supplements_asked(ledger)
    if received is None:
        times, allowed = intake, rules.max_supplements_intake
    else:
        times, allowed = appraisal, rules.max_supplements_appraisal
    found = [_again(times, allowed, rules)] if times >= allowed else []
    if received is not None:
        last = calendar.add(received.at, rules.unfit_return, agency)
        if vietnam(at) > last:
            found.append(_late(last, rules))
    return found


def _again(times: int, allowed: int, rules: Rules) -> Doubt:
    return Doubt(
        code="supplement-again",
        vi=f"Đã yêu cầu bổ sung {times} lần ở giai đoạn này; mỗi giai đoạn chỉ được yêu cầu {allowed} lần.",
        en=f"A supplement was already asked for {times} time(s) at this stage; the law allows {allowed}.",
        basis=rules.basis.get("supplement", ""),
    )


def _late(last: datetime, rules: Rules) -> Doubt:
    window = rules.unfit_return
    return Doubt(
        code="supplement-late",
        vi=f"Đã quá {describe(window)} kể từ khi tiếp nhận ({last:%H:%M %d/%m/%Y}) để trả hồ sơ chưa đạt.",
        en=f"The {describe(window, 'en')} for returning an unfit dossier ended at {last:%H:%M %d/%m/%Y}.",
        basis=rules.basis.get("unfit_return", ""),
    )
