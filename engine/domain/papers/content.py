"""The content of a paper, without any layout: what was issued, frozen, as JSON. Renderers read only this.

Every text is composed Vietnamese (NFC) without control characters, so that what is printed, what is
extracted from the PDF and what is stored are the same letters.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

Align = Literal["left", "centre", "right"]
Page = Literal["A5", "A4-landscape"]
Style = Literal["body", "strong", "centre", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A label and its value, e.g. "Địa chỉ" and the address."""

    label: str
    value: str
    strong: bool = False  # printed bold: what the citizen looks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Lines of fields; a line holds one field, or two side by side."""

    kind: ClassVar[str] = "fields"
    lines: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    title: str
    width: float  # share of the table's width
    align: Align = "left"
    group: str = ""  # a heading that spans neighbours with the same group


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table; its heading is repeated on every page. A cell may hold several lines."""

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of text."""

    kind: ClassVar[str] = "paragraph"
    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A numbered list."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


Block = Fields | Table | Paragraph | Items
_BLOCKS: dict[str, type[Any]] = {block.kind: block for block in (Fields, Table, Paragraph, Items)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a paper; national name and motto are always printed beside it."""

    superior: str  # empty: none
    office: str
    number: str  # number and symbol of the paper, empty: none
    place_date: str  # "Nghệ An, ngày 24 tháng 11 năm 2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign."""

    title: str  # e.g. NGƯỜI TIẾP NHẬN HỒ SƠ
    note: str  # e.g. (Ký, ghi rõ họ tên)
    name: str = ""  # printed under the signature
    on_behalf: str = ""  # KT. GIÁM ĐỐC, TL. GIÁM ĐỐC ..., the line above the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Where the citizen follows the dossier; the QR code holds exactly ``url``."""

    url: str
    code: str
    lines: tuple[str, ...]  # printed beside the QR code


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as issued."""

    name: str  # e.g. appointment_slip
    version: str  # e.g. 2025-09: the first month of the form
    page: Page
    head: Head
    title: str
    subtitle: str
    code: str  # mã hồ sơ, empty for the register
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]  # "Nơi nhận"
    lookup: Lookup | None
    foot: tuple[str, ...]  # small lines at the foot of the page: form, witness value
    issued_at: datetime  # aware; also the creation date inside the PDF

    def to_json(self) -> dict[str, Any]:
        """JSON values; ``Paper.from_json`` gives back an equal paper."""
        value = asdict(self)
        value["blocks"] = [{"kind": block.kind, **asdict(block)} for block in self.blocks]
        value["issued_at"] = self.issued_at.isoformat()
        return {key: _lists(part) for key, part in value.items()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Paper":
        """The paper that ``to_json`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        lookup = value["lookup"]
        return cls(
            name=value["name"],
            version=value["version"],
            page=value["page"],
            head=Head(**value["head"]),
            title=value["title"],
            subtitle=value["subtitle"],
            code=value["code"],
            blocks=tuple(_block(block) for block in value["blocks"]),
            signatures=tuple(Signature(**signature) for signature in value["signatures"]),
            recipients=tuple(value["recipients"]),
            lookup=Lookup(**{**lookup, "lines": tuple(lookup["lines"])}) if lookup else None,
            foot=tuple(value["foot"]),
            issued_at=datetime.fromisoformat(value["issued_at"]),
        )

    def cleaned(self) -> "Paper":
        """The same paper with every text composed (NFC) and without control characters."""
        return Paper.from_json(_clean(self.to_json()))


def clean_text(text: str) -> str:
    """Composed letters; control and direction-changing characters are dropped, newlines are kept.

    A name that reverses the direction of writing could make a paper say something else than its data.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter)[0] != "C")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value


def _lists(value: Any) -> Any:
    """Tuples as lists, as JSON knows them."""
    if isinstance(value, dict):
        return {key: _lists(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_lists(part) for part in value]
    return value


def _block(value: Mapping[str, Any]) -> Block:
    parts = {key: part for key, part in value.items() if key != "kind"}
    kind = _BLOCKS[value["kind"]]
    if kind is Fields:
        return Fields(lines=tuple(tuple(Field(**field) for field in line) for line in parts["lines"]))
    if kind is Table:
        columns = tuple(Column(**column) for column in parts["columns"])
        rows = tuple(tuple(row) for row in parts["rows"])
        return Table(columns=columns, rows=rows, caption=parts["caption"])
    if kind is Items:
        return Items(items=tuple(parts["items"]))
    return Paragraph(**parts)
