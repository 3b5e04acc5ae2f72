"""Communes, wards and special zones: the 3,321 below the provinces since 1 July 2025, and what became them.

Luật Tổ chức chính quyền địa phương 2025 knows provinces and communes; districts ended on that day.
The tables are two files beside this one; they are read when a place is first asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from unicodedata import normalize

from engine.domain import provinces
from engine.text import folded

_SORTS = ("phường", "xã", "đặc khu", "thị trấn", "phuong", "xa", "dac khu", "thi tran", "p.", "x.", "tt.")
_SHORT = {"p.": "phuong", "x.": "xa", "tt.": "thi tran"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A unit of the lower level, whichever of the three sorts it is."""

    code: str  # five digits, Quyết định 19/2025/QĐ-TTg
    name: str  # with its sort: "Phường Thành Vinh"
    province: str  # of today, as engine.domain.provinces has it

    @property
    def written(self) -> str:
        """The name inside a sentence or an address: "phường Thành Vinh"."""
        return self.name[0].lower() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A commune, ward or town of before 1 July 2025."""

    name: str  # with its sort: "Xã Nam Cát"
    district: str  # with its sort: "Huyện Nam Đàn"
    now: tuple[Commune, ...]  # several when it was divided


@cache
def of_province(province: str) -> tuple[Commune, ...]:
    """The communes of a province of today, by name; none for a name that is no province."""
    found = (one for one in _all().values() if one.province == province)
    return tuple(sorted(found, key=lambda one: folded(bare(one.name))))


def named(text: str, province: str) -> tuple[Commune, ...]:
    """The communes of a province that a text may mean: one, none, or several that only marks tell apart.

    The sort may be left out, and so may the marks.
    """
    keys = (_exact(text), _exact(text), _plain(text), _plain(text))
    return next(
        (found for index, key in zip(_indexes(province), keys, strict=True) if (found := index.get(key))), ()
    )


@cache
def former_of(province: str) -> tuple[Former, ...]:
    """The units of before July 2025 in what is a province today."""
    return tuple(
        Former(name=name, district=district, now=tuple(_all()[one] for one in now.split()))
        for _, name, district, then, now in _lines("former_communes.csv")
        if provinces.of_code(f"0{then}") == province
    )


def former(text: str, district: str, province: str) -> tuple[Former, ...]:
    """Units of before July 2025, in what is that province today, that a text and perhaps a district mean."""
    wanted, around = _plain(text), _plain(_without_district(district))
    found = [one for one in former_of(province) if wanted in (_plain(one.name), _plain(bare(one.name)))]
    return tuple(one for one in found if not around or _plain(_without_district(one.district)) == around)


def bare(name: str) -> str:
    """A name without its sort: "Thành Vinh" of "Phường Thành Vinh"."""
    low = normalize("NFC", name.strip()).lower()
    sort = next((one for one in _SORTS if low.startswith(one if one.endswith(".") else f"{one} ")), "")
    return normalize("NFC", name.strip())[len(sort) :].strip()


def within(district: str, province: str) -> tuple[Commune, ...]:
    """What a district of before July 2025 is now, by name."""
    around = _plain(_without_district(district))
    units = (one for one in former_of(province) if _plain(_without_district(one.district)) == around)
    return tuple(sorted({now for one in units for now in one.now}, key=lambda one: folded(bare(one.name))))


def same(one: str, other: str) -> bool:
    """Whether two names, with their sorts, are one but for marks and signs."""
    return _plain(one) == _plain(other)


def alike(text: str, province: str) -> tuple[Commune, ...]:
    """Up to three communes whose names look like a text: what may have been meant."""
    names = {_plain(bare(one.name)): one for one in of_province(province)}
    return tuple(names[one] for one in get_close_matches(_plain(bare(text)), names, n=3, cutoff=0.75))


def is_district(text: str) -> bool:
    """Whether a text begins like the name of a district, which no address has since July 2025."""
    return _plain(text).startswith(_DISTRICTS)


_DISTRICTS = ("huyen ", "quan ", "thi xa ", "thanh pho ", "tp ", "tx ")


def _without_district(text: str) -> str:
    plain = _plain(text)
    return next((plain.removeprefix(word) for word in _DISTRICTS if plain.startswith(word)), plain)


def _exact(text: str) -> str:
    return " ".join(normalize("NFC", text).lower().replace("'", "’").split())


def _plain(text: str) -> str:
    """Without marks, dots, dashes and apostrophes; "P. Vinh Phú" is "phuong vinh phu"."""
    plain = folded(text)
    short = next((one for one in _SHORT if plain.startswith(one)), "")
    plain = f"{_SHORT[short]} {plain.removeprefix(short)}" if short else plain
    return " ".join(plain.replace("’", "").replace("'", "").replace("-", " ").replace(".", " ").split())


def _lines(file: str) -> Iterator[list[str]]:
    text = Path(__file__).with_name(file).read_text("utf-8")
    return (line.split(",") for line in text.splitlines() if not line.startswith("#"))


@cache
def _indexes(province: str) -> tuple[dict[str, tuple[Commune, ...]], ...]:
    """The communes of a province by what they may be called, the surest first."""
    found: list[dict[str, tuple[Commune, ...]]] = []
    for read in (_exact, _plain):
        for name in (str, bare):
            index: dict[str, tuple[Commune, ...]] = {}
            for one in of_province(province):
                key = read(name(one.name))
                index[key] = (*index.get(key, ()), one)
            found.append(index)
    return tuple(found)


@cache
def _all() -> dict[str, Commune]:
    return {
        code: Commune(code=code, name=name, province=provinces.of_code(f"0{province}") or "")
        for code, name, province in _lines("communes.csv")
    }
