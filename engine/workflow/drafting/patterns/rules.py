"""Rules for reading catalogues, kept as data: which agency an authority is, what a name promises."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.text import folded

Kind = Literal["department", "central", "province"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An agency, and the words by which it is meant."""

    says: tuple[str, ...]
    kind: Kind = "department"
    agency: str | None = None
    name: str | None = None  # of its lane, where the agency has no code of its own
    note: str = ""

    def fits(self, text: str) -> bool:
        return any(one in text for one in self.says)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Who deals with a procedure, as far as it can be told."""

    agency: str
    central: bool = False
    province: bool = False  # the provincial people's committee decides
    name: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules, in the order in which they are tried."""

    authorities: tuple[Rule, ...]
    fields: tuple[Rule, ...]
    results: tuple[tuple[tuple[str, ...], str], ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    centre: str = "TTHCC"  # where nobody else is known

    @classmethod
    def from_toml(cls, text: str) -> "Rules":
        read = tomllib.loads(text)
        return cls(
            authorities=tuple(_rule(one) for one in read["authority"]),
            fields=tuple(_rule(one) for one in read["field"]),
            results=tuple((tuple(one["says"]), one["type"]) for one in read["result"]),
            words={name: tuple(said) for name, said in read["words"].items()},
        )

    def competence(self, authority: str, area: str) -> Competence:
        """Who an authority is; where it does not tell, who usually deals with the field."""
        parts = [folded(one) for one in authority.split(",")]
        found = [rule for part in parts if part for rule in [_first(self.authorities, part)] if rule]
        province = any(rule.kind == "province" for rule in found)
        own = next((rule for rule in found if rule.agency is not None), None)
        by_field = _first(self.fields, folded(area))
        if own is not None:
            return _competence(own, province, own.note)
        asked = f"Cơ quan giải quyết ghi «{authority}»" if authority else "Cơ quan giải quyết chưa ghi"
        if by_field is not None:
            return _competence(by_field, province, f"{asked}; tạm ghi theo lĩnh vực «{area}».", by_field.note)
        unknown = f"{asked}, chưa rõ là cơ quan nào của tỉnh; tạm ghi Trung tâm."
        return Competence(agency=self.centre, province=province, questions=(unknown,))

    def result_type(self, name: str) -> str | None:
        """The kind of document that a procedure of this name ends with."""
        text = folded(name)
        return next((kind for says, kind in self.results if any(one in text for one in says)), None)

    def speaks_of(self, what: str, name: str) -> bool:
        return any(one in folded(name) for one in self.words.get(what, ()))


def _rule(said: Mapping[str, Any]) -> Rule:
    return Rule(**{**said, "says": tuple(said["says"])})


def _first(rules: Iterable[Rule], text: str) -> Rule | None:
    return next((rule for rule in rules if rule.fits(text)), None)


def _competence(rule: Rule, province: bool, *questions: str) -> Competence:
    return Competence(
        agency=str(rule.agency), central=rule.kind == "central", province=province, name=rule.name,
        questions=tuple(dict.fromkeys(one for one in questions if one)),
    )  # fmt: skip
