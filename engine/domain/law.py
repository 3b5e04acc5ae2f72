"""Rules of law as data with validity: a dossier is handled by the rules of the day it was received."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from typing import Any

from engine.domain.duration import BadDuration, LegalDuration, parse_duration
from engine.domain.statutory_timers import StatutoryTimer, read_timer
from engine.errors import MotcuaError


class BadLaw(MotcuaError):
    """A file of rules that cannot be used."""

    code = "bad-law"
    vi = "Tệp quy định không hợp lệ: {why}. Sửa tệp trong processes/law rồi khởi động lại."
    en = "A file of rules is not valid: {why}. Mend it in processes/law and start again."


class NoRules(MotcuaError):
    """No regime covers a day."""

    code = "no-rules"
    vi = "Không có quy định nào áp dụng cho ngày {day}. Bổ sung tệp trong processes/law."
    en = "No rules cover {day}. Add them to processes/law."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One regime of the one-stop mechanism, in force from a day to a day."""

    id: str
    name: str
    valid_from: date
    valid_to: date | None  # last day in force
    basis: Mapping[str, str]  # name of a rule to its article
    handover_cutoff: time  # received later: handed to the agency at the start of the next working day
    same_day_cutoff: time  # received later: a same-day procedure counts from the next working day
    online_acceptance: LegalDuration  # to accept or answer an online dossier
    unfit_return: LegalDuration  # to return a dossier found unfit on appraisal
    max_extensions: int
    extension_notice: LegalDuration  # that long before it is due, at the latest
    max_supplements_intake: int
    max_supplements_appraisal: int
    supplement_expiry: LegalDuration | None  # where the law closes a dossier that is not completed in time
    resume: str  # what a supplement does to the clock where neither procedure nor sector law says otherwise
    papers: str  # which set of statutory papers
    statutory_timers: tuple[StatutoryTimer, ...] = ()


class LawBook:
    """All regimes, by date."""

    def __init__(self, regimes: Iterable[Rules]) -> None:
        self.regimes = tuple(sorted(regimes, key=lambda rules: rules.valid_from))
        for earlier, later in pairwise(self.regimes):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise BadLaw(why=f"{earlier.id} và {later.id} cùng có hiệu lực")
        self._rules_at = lru_cache(maxsize=4096)(self._found)

    @classmethod
    def from_toml(cls, texts: Iterable[str]) -> "LawBook":
        """Read files of regimes and of statutory timers; raises BadLaw that names what is wrong."""
        regimes: list[Mapping[str, Any]] = []
        timers: list[StatutoryTimer] = []
        try:
            for text in texts:
                stored = tomllib.loads(text)
                regimes += stored.get("regime", [])
                timers += [read_timer(entry) for entry in stored.get("timer", [])]
            _refuse_doubles(timers)
            rules = [_rules(entry, timers) for entry in regimes]
        except tomllib.TOMLDecodeError as error:
            raise BadLaw(why=f"TOML không đúng ({error})") from error
        except (AttributeError, KeyError, TypeError, ValueError, BadDuration) as error:
            raise BadLaw(why=f"thiếu hoặc sai mục {error}") from error
        return cls(rules)

    def rules_at(self, day: date) -> Rules:
        """The regime in force on a day, with the statutory timers in force on it; raises NoRules."""
        return self._rules_at(day)

    def _found(self, day: date) -> Rules:
        for rules in reversed(self.regimes):
            if rules.valid_from <= day and (rules.valid_to is None or day <= rules.valid_to):
                timers = tuple(timer for timer in rules.statutory_timers if timer.in_force(day))
                return replace(rules, statutory_timers=timers)
        raise NoRules(day=f"{day:%d/%m/%Y}")


def _refuse_doubles(timers: Sequence[StatutoryTimer]) -> None:
    """One id may come again only for another time."""
    by_start = sorted(timers, key=lambda timer: (timer.id, timer.valid_from or date.min))
    for earlier, later in pairwise(by_start):
        if earlier.id == later.id and later.in_force(earlier.valid_to or date.max):
            raise ValueError(f"timer {later.id}: ghi hai lần cho cùng thời gian")


def _rules(entry: Mapping[str, Any], timers: Iterable[StatutoryTimer]) -> Rules:
    start, end = entry["valid_from"], entry.get("valid_to")
    if end is not None and end < start:
        raise ValueError(f"{entry['id']}: valid_to")
    expiry = entry.get("supplement_expiry")
    return Rules(
        id=entry["id"],
        name=entry["name"],
        valid_from=start,
        valid_to=end,
        basis=entry["basis"],
        handover_cutoff=entry["handover_cutoff"],
        same_day_cutoff=entry["same_day_cutoff"],
        online_acceptance=parse_duration(entry["online_acceptance"]),
        unfit_return=parse_duration(entry["unfit_return"]),
        max_extensions=int(entry["max_extensions"]),
        extension_notice=parse_duration(entry["extension_notice"]),
        max_supplements_intake=int(entry["max_supplements_intake"]),
        max_supplements_appraisal=int(entry["max_supplements_appraisal"]),
        supplement_expiry=parse_duration(expiry) if expiry else None,
        resume=entry["resume"],
        papers=entry["papers"],
        statutory_timers=tuple(timers),
    )
