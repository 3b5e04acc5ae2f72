"""Places on a page: the three parts of an address, and the names offered while a place is typed."""

from collections.abc import Iterable, Iterator
from functools import cache

from engine.domain import communes, provinces
from engine.domain.form import Field, Option
from engine.text import folded


def part_fields(address: Field, province: str) -> tuple[Field, ...]:
    """What is asked for an address: the province, a commune of that province, and the rest."""
    required = address.required
    return (
        Field(
            kind="select",
            key="province",
            label="Tỉnh, thành phố",
            label_en="Province or city",
            required=required,
            options=_provinces(),
        ),
        Field(
            kind="textfield",
            key="commune",
            label="Xã, phường, đặc khu (tên từ 01/7/2025)",
            label_en="Commune or ward (its name since 1 July 2025)",
            required=required,
            identity="commune",
            province=province,
        ),
        Field(
            kind="textfield",
            key="street",
            label="Số nhà, đường, hoặc xóm, khối, tổ dân phố",
            label_en="House and street, or hamlet",
            required=required,
        ),
    )


def province_typed(text: str) -> str:
    """The province of today that was chosen or typed; "" for none."""
    return provinces.of_name(text) or ""


def list_id(prefix: str, province: str) -> str:
    """The id of the list of a province's communes in a form; of the provinces for no province."""
    name = f"xa-{folded(province)}" if province else "tinh"
    return (prefix + name).replace(".", "-").replace(" ", "-")


def suggestions(prefix: str, wanted: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lists of names by their ids: the communes of each province, and the provinces for ""."""
    for province in sorted(set(wanted)):
        units = tuple(one.name for one in communes.of_province(province))
        yield list_id(prefix, province), units or tuple(one.value for one in _provinces())


@cache
def _provinces() -> tuple[Option, ...]:
    names = sorted(provinces.MERGED, key=folded)
    return tuple(Option(value=one, label=one, label_en=one) for one in names)
