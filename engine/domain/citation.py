"""Law as people cite it: one decree in many spellings, with articles, clauses and points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from engine.text import folded

# How a kind of document is written, folded, to the letters of its number. Longer names first.
_KINDS = {
    "thong tu lien tich": "ttlt", "nghi dinh": "nd", "thong tu": "tt", "quyet dinh": "qd", "nghi quyet": "nq",
    "phap lenh": "pl", "chi thi": "ct", "cong van": "cv", "bo luat": "luat", "luat": "luat",
    "decree": "nd", "circular": "tt", "decision": "qd", "resolution": "nq", "ordinance": "pl", "law": "luat",
    "ttlt": "ttlt", "nd": "nd", "tt": "tt", "qd": "qd", "nq": "nq",
}  # fmt: skip
_KIND = "|".join(_KINDS)
_NUMBER = re.compile(
    rf"(?:\b({_KIND})\s*(?:so\s*|no\.?\s*)?)?\b([0-9]{{1,5}})/(?:([0-9]{{4}})(?:/([a-z][a-z0-9-]*))?|([a-z][a-z0-9-]+))"
)
_NAMED = re.compile(rf"({_KIND})\b\s*(.*)")
_PIECE = re.compile(
    r"\b(dieu|khoan|diem|article|clause|point)s?\s+"
    r"((?:[0-9]+[a-z]?|[a-z])\b(?:\s*(?:,|;|va|and|-|–|den|to)\s*(?:[0-9]+[a-z]?|[a-z])\b(?!\s*/))*)"
)
_SPAN = re.compile(r"\b(den|to) (?:dieu|khoan|diem|articles?|clauses?|points?) (?=[0-9a-z]+\b)")
_UNITS = {"article": "dieu", "clause": "khoan", "point": "diem"}
_IDLE = frozenset({"so", "nam", "cua", "no", "of", "the", "va"})
_LONGEST_SPAN = 300  # articles: a slip of the pen is not unrolled for ever

Article = tuple[str, str, str]  # article, clause, point; empty: all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document of law, or some articles of it."""

    kind: str = ""  # nd, tt, luat; empty: not said
    number: str = ""  # 118/2025, or 759 of a decision without a year; empty: known by its title alone
    issuer: str = ""  # nd-cp, qh15; empty: not said
    title: frozenset[str] = frozenset()  # words of the title, folded
    articles: frozenset[Article] = frozenset()  # empty: the whole document

    def same_document(self, other: "Citation") -> bool:
        """Whether both speak of one document, as far as they say."""
        if self.kind and other.kind and self.kind != other.kind:
            return False
        if self.number and other.number:
            return self.number == other.number and (
                not (self.issuer and other.issuer) or self.issuer == other.issuer
            )
        few, many = sorted((self.title, other.title), key=len)
        return bool(few) and few <= many and self.kind == other.kind

    def touches(self, other: "Citation") -> bool:
        """Whether what this names is, contains or lies in what the other one rests on."""
        if not self.same_document(other):
            return False
        if not self.articles or not other.articles:
            return True
        return any(_overlap(one, two) for one, two in product(self.articles, other.articles))


def cited(document: str, article: str = "") -> Citation:
    """What ``document`` and ``article`` of a basis, or one line with both, cite."""
    text = folded(document)
    pieces = list(_PIECE.finditer(text))
    head = text[: pieces[0].start()] if pieces else text
    # «khoản 2 Điều 18 Nghị định …»: what is left around the articles is the document.
    law = " ".join(_PIECE.sub(" ", text).split()) if pieces and not head.strip() else head
    found = _NUMBER.search(law)
    articles = articles_of(text) | articles_of(folded(article))
    if found:
        kind, number, issuer = _numbered(found)
        title = _title(law[: found.start()] + " " + law[found.end() :])
        return Citation(kind=kind, number=number, issuer=issuer, title=title, articles=articles)
    named = _NAMED.match(law.strip(" ,;"))
    kind, rest = (_KINDS[named[1]], named[2]) if named else ("", law)
    return Citation(kind=kind, title=_title(rest), articles=articles)


def citations_in(text: str) -> list[Citation]:
    """Documents that a text names by their number, each once, in its order."""
    found = [_numbered(one) for one in _NUMBER.finditer(folded(text)) if one[1] or one[4] or one[5]]
    return [
        Citation(kind=kind, number=number, issuer=issuer) for kind, number, issuer in dict.fromkeys(found)
    ]


def articles_of(text: str) -> frozenset[Article]:
    """Articles in folded text, whichever way round: «dieu 18 khoan 2», «diem a khoan 2 dieu 18»."""
    text = _SPAN.sub(r"\1 ", text)
    pieces = [(_UNITS.get(one[1], one[1]), _numbers(one[2])) for one in _PIECE.finditer(text)]
    if pieces and pieces[0][0] != "dieu":
        pieces.reverse()
    return frozenset(_articles(pieces))


def _articles(pieces: list[tuple[str, list[str]]]) -> Iterator[Article]:
    said: dict[str, list[str]] = {}
    order = ("dieu", "khoan", "diem")
    for unit, numbers in pieces:
        if unit in said or (unit == "dieu" and said):
            yield from _unrolled(said)
        for smaller in order[order.index(unit) :]:
            said.pop(smaller, None)
        said[unit] = numbers
    yield from _unrolled(said)


def _unrolled(said: dict[str, list[str]]) -> Iterator[Article]:
    if "dieu" in said:
        yield from product(said["dieu"], said.get("khoan", [""]), said.get("diem", [""]))


def _numbers(text: str) -> list[str]:
    """«17, 18», «10 den 12», «a va b» one by one."""
    found: list[str] = []
    parts = re.findall(r"[0-9]+[a-z]?\b|\b(?:den|to|va|and)\b|[a-z]\b|[-–]", text)
    for at, part in enumerate(parts):
        if part in ("den", "to", "-", "–") and found and at + 1 < len(parts):
            first, last = found[-1], parts[at + 1]
            if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < _LONGEST_SPAN:
                found += [str(number) for number in range(int(first) + 1, int(last))]
        elif part not in ("den", "to", "va", "and", "-", "–"):
            found.append(part)
    return found


def _numbered(found: re.Match[str]) -> tuple[str, str, str]:
    kind, number, year, issuer, only = found.groups()
    issuer = issuer or only or ""
    letters = issuer.partition("-")[0]
    kind = _KINDS.get(kind or "", "") or (letters if letters in _KINDS.values() else "")
    if issuer.startswith("qh"):
        kind = kind or "luat"
    return kind, f"{int(number):02}/{year}" if year else str(int(number)), issuer


def _title(text: str) -> frozenset[str]:
    words = re.sub(rf"^\s*(?:{_KIND})\b", " ", text)
    return frozenset(re.findall(r"[a-z0-9]+", words)) - _IDLE


def _overlap(one: Article, two: Article) -> bool:
    """Whether one is a part of the other: an empty part means all."""
    for mine, theirs in zip(one, two, strict=True):
        if not mine or not theirs:
            return True
        if mine != theirs:
            return False
    return True
