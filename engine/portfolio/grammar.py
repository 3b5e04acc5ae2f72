"""Phrases in Vietnamese and English as FEEL: a small grammar that refuses what it half understands."""

import re
from collections.abc import Callable, Iterable, Mapping

from engine.domain.citation import cited
from engine.portfolio.fields import law_of
from engine.portfolio.query import BadQuery, Query, condition_query, plain_words, quoted
from engine.portfolio.vocabulary import (
    AFTER_NUMBER,
    AT,
    BY,
    COMPARISONS,
    FEATURES,
    IDLE,
    OFFICES,
    ROLES,
    SUBJECTS,
    UNDER,
    UNITS,
    agency_names,
)
from engine.text import folded

_FEEL = re.compile(r"\b(?:step|procedure)\s*\.|\bwords\b\s*[,)]")
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"


def understood(text: str, agencies: Iterable[tuple[str, Iterable[str]]] = ()) -> Query:
    """What a search means: FEEL where it speaks of ``step.`` or ``procedure.``, a phrase, else plain words.

    ``agencies`` are codes with their names. Raises BadQuery, FeelSyntaxError.
    """
    if _FEEL.search(text):
        return condition_query(text)
    known = agency_names((code, [folded(name) for name in names]) for code, names in agencies)
    phrase = _Phrase(" ".join(plain_words(text)), known)
    phrase.read()
    query = phrase.query()
    if not query.words and not query.condition:
        raise BadQuery(text, "chưa nói tìm gì. Viết chữ, hoặc điều kiện.", "say what to look for.")
    return query


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))


def _looked_up(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name: key for key, names in table.items() for name in names}


_SUBJECTS, _COMPARE, _AFTER = _looked_up(SUBJECTS), _looked_up(COMPARISONS), _looked_up(AFTER_NUMBER)
_ROLES = {folded(name): role for role, names in ROLES.items() for language in names for name in language}
_FEATURES = {name: feel for names, feel in FEATURES.items() for name in names}
_SUBJECT = re.compile(rf"({_any(_SUBJECTS)})\b")
_BETWEEN = re.compile(rf"(?:tu|from|between) {_NUMBER} (?:den|to|and) {_NUMBER} ({_any(UNITS)})\b")
_QUANTITY = re.compile(rf"(?:({_any(_COMPARE)}) )?{_NUMBER} ({_any(UNITS)})\b(?: ({_any(_AFTER)})\b)?")
_HALF = re.compile(rf"(?:{_any(_COMPARE)}) ({_NUMBER}(?: \S+)?)")
_ROLE = re.compile(rf"(?:{_any(BY)}) ({_any(_ROLES)})\b")
_FEATURE = re.compile(rf"({_any(_FEATURES)})\b")
_LAW = re.compile(rf"(?:{_any(UNDER)}) ((?:[a-z]+ ){{0,3}}[0-9]+/[0-9]{{4}}(?:/[a-z0-9-]+)?)")
_OFFICE = re.compile(rf"(?:{_any(AT)}) ((?:{_any(OFFICES)})\b.*)")


class _Phrase:
    """One phrase, read from left to right; what no rule takes stays a word to look for."""

    def __init__(self, text: str, agencies: Mapping[str, str]) -> None:
        self._text = text
        self._agencies = agencies
        self._subject = ""
        self._wanted = ""  # the subject that a clause implies where none is said
        self._clauses: list[str] = []  # {} is the subject
        self._left: list[str] = []
        self._here = "{}"  # what is being spoken of; the procedure in «bước … của thủ tục …»
        names = _any(agencies) or r"(?!)"
        # A full name stands for itself; a short one, as «tu phap», only after «o», «in» and the like.
        longer = _any(name for name in agencies if " " in name and name.startswith(OFFICES)) or r"(?!)"
        self._rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], None]]] = [
            (_SUBJECT, self._take_subject),
            (_BETWEEN, self._take_between),
            (_QUANTITY, self._take_quantity),
            (_HALF, self._refuse_half),
            (_FEATURE, self._take_feature),
            (_ROLE, self._take_role),
            (re.compile(rf"(?:(?:{_any(AT)}) )({names})\b|({longer})\b"), self._take_agency),
            (_OFFICE, self._refuse_office),
            (_LAW, self._take_law),
        ]

    def read(self) -> None:
        at = 0
        while at < len(self._text):
            found = next(((rule, match) for pattern, rule in self._rules
                          if (match := pattern.match(self._text, at))), None)  # fmt: skip
            if found is not None:
                found[0](found[1])
                at = found[1].end() + 1
            else:
                word, _, _ = self._text[at:].partition(" ")
                self._take_word(word)
                at += len(word) + 1

    def query(self) -> Query:
        """What was read; a phrase of which nothing was understood is a search for its words."""
        if not self._clauses and not self._subject:
            return Query(rows="both", words=tuple(self._left))
        words = tuple(word for word in self._left if word not in IDLE)
        subject = self._subject or self._wanted or "step"
        if subject == "procedure" and self._wanted == "step":
            why, why_en = "vai trò là của bước. Viết «bước …».", "roles are of steps. Write “steps …”."
            raise BadQuery(self._text, why, why_en)
        condition = " and ".join(clause.format(subject) for clause in self._clauses)
        if condition:
            condition_query(condition)  # a feature that only steps have is refused for procedures
        if not condition and not words:
            condition = f"{subject}.{'id' if subject == 'step' else 'code'} != null"
        return Query(rows="step" if subject == "step" else "procedure", words=words, condition=condition)

    def _take_word(self, word: str) -> None:
        if self._here == "{}":
            self._left.append(word)
        elif word not in IDLE:
            self._clauses.append(_holds(self._here, word))

    def _take_subject(self, match: re.Match[str]) -> None:
        """«bước … của thủ tục …» and «thủ tục … có bước …» both ask for steps of such procedures."""
        subject = _SUBJECTS[match[1]]
        if subject == "step" and self._subject == "procedure":
            words = [_holds("procedure", word) for word in self._left if word not in IDLE]
            self._clauses = [one.format("procedure") for one in self._clauses] + words
            self._left = []
        self._here = "procedure" if (self._subject, subject) == ("step", "procedure") else "{}"
        self._subject = subject if self._subject in ("", subject) else "step"

    def _take_between(self, match: re.Match[str]) -> None:
        word, low = self._measured(match[3], match[1])
        self._clauses.append(f"{word} in [{low}..{self._measured(match[3], match[2])[1]}]")

    def _take_quantity(self, match: re.Match[str]) -> None:
        word, number = self._measured(match[3], match[2])
        sign = _AFTER.get(match[4] or "") or _COMPARE.get(match[1] or "", "=")
        self._clauses.append(f"{word} {sign} {number}")

    def _refuse_half(self, match: re.Match[str]) -> None:
        units = "ngày làm việc, giờ làm việc, ngày, giấy tờ"
        raise BadQuery(
            match[0],
            f"số này không có đơn vị đã biết. Dùng: {units}; hoặc viết FEEL.",
            "no unit that is known. Use working days, working hours, days, documents; or write FEEL.",
        )

    def _take_feature(self, match: re.Match[str]) -> None:
        self._clauses.append(_FEATURES[match[1]].replace("{}", self._here))
        if "procedure." in self._clauses[-1]:
            self._wanted = self._wanted or "procedure"

    def _take_role(self, match: re.Match[str]) -> None:
        self._wanted = "step"
        self._clauses.append(f"step.role = {quoted(_ROLES[match[1]])}")

    def _take_agency(self, match: re.Match[str]) -> None:
        self._wanted = self._wanted or "procedure"
        self._clauses.append(f"{self._here}.agency = {quoted(self._agencies[match[1] or match[2]])}")

    def _refuse_office(self, match: re.Match[str]) -> None:
        codes = ", ".join(sorted(set(self._agencies.values())))
        raise BadQuery(
            match[1],
            f"không có cơ quan tên này, hoặc nhiều cơ quan cùng tên. Viết đủ tên hoặc mã: {codes}.",
            f"there is no such agency, or several. Give its full name or its code: {codes}.",
        )

    def _take_law(self, match: re.Match[str]) -> None:
        law = law_of(match[1])
        condition = (
            f"b.law = {quoted(law)}" if cited(match[1]).issuer else f"starts with(b.law, {quoted(law)})"
        )
        self._clauses.append(f"(some b in {{}}.basis satisfies {condition})")

    def _measured(self, unit: str, number: str) -> tuple[str, str]:
        """The word that a unit measures, and the number in the word's own unit."""
        name, share = UNITS[unit]
        told = f"{float(number.replace(',', '.')) / share:g}"
        return ("count(procedure.documents)" if name == "documents" else f"{self._here}.{name}"), told


def _holds(scope: str, word: str) -> str:
    return f"contains({scope}.words, {quoted(word)})"
