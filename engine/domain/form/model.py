"""What a form is made of: frozen values, read from form-js JSON."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.domain.form.hiding import Hiding, hiding_of

# Kinds that hold an answer; the rest only stand on the page.
ANSWERED = frozenset(
    {"textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "dynamiclist"}
)
ALLOWED = ANSWERED | {"text", "group", "separator", "filepicker", "button"}
CHOSEN = frozenset({"radio", "select", "checklist"})

TEXT_LENGTH = 1_000  # characters of one line when the form sets no smaller cap
AREA_LENGTH = 20_000
MAX_ROWS = 100  # of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose."""

    value: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """One component of a form: a question, a heading, a group or a list with fields of its own."""

    kind: str  # of ALLOWED; datetime is told apart by ``subtype``
    key: str  # name in the document; empty for what holds no answer
    label: str
    label_en: str
    help: str = ""
    help_en: str = ""
    subtype: str = ""  # date, time or datetime
    identity: str = ""  # of a text: what number, name or place it is, of identity.KINDS or address.PLACES
    province: str = ""  # of a place: where it is, or where it usually is
    required: bool = False
    readonly: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    digits: int | None = None  # most digits after the comma
    step: Decimal | None = None  # a number is a multiple of it
    pattern: re.Pattern[str] | None = None
    error: str = ""  # own sentence for an answer that does not fit the pattern
    error_en: str = ""
    unit: str = ""  # đồng, m², người ...
    default: Any = None
    options: tuple[Option, ...] = ()
    hide: Hiding | None = None
    fields: tuple["Field", ...] = ()  # of a group or a list

    @property
    def answered(self) -> bool:
        """Whether the field holds an answer that a person may give."""
        return self.kind in ANSWERED and not self.readonly

    def option(self, value: str) -> Option | None:
        return next((one for one in self.options if one.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: its components in order."""

    id: str
    fields: tuple[Field, ...]

    def each(self) -> Iterator[Field]:
        """All components; fields of groups come after their group, fields of lists do not come."""
        return _each(self.fields)

    @property
    def conditional(self) -> bool:
        """Whether an answer may change what else is asked."""
        return any(one.hide is not None for field in self.each() for one in (field, *field.fields))


def _each(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        if field.kind == "group":
            yield from _each(field.fields)


def field_from(component: Mapping[str, Any]) -> Field:
    """A component of form-js as a field; its JSON has passed ``form_findings``."""
    validate = component.get("validate") or {}
    own = component.get("properties") or {}
    label = str(component.get("label") or component.get("dateLabel") or component.get("timeLabel") or "")
    kind = str(component["type"])
    return Field(
        kind=kind,
        key=str((component.get("path") if kind == "dynamiclist" else component.get("key")) or ""),
        label=str(component.get("text") or "") if kind == "text" else label,
        label_en=str(own.get("label_en") or component.get("text") or label),
        help=str(component.get("description") or own.get("help") or ""),
        help_en=str(own.get("help_en") or component.get("description") or own.get("help") or ""),
        subtype=str(component.get("subtype") or "date") if kind == "datetime" else "",
        identity=str(own.get("kind") or "") if kind == "textfield" else "",
        province=str(own.get("province") or ""),
        required=bool(validate.get("required")),
        readonly=bool(component.get("readonly") or component.get("disabled")),
        min_length=_whole(validate.get("minLength")),
        max_length=_whole(validate.get("maxLength")),
        minimum=validate.get("min"),
        maximum=validate.get("max"),
        digits=_whole(component.get("decimalDigits")),
        step=Decimal(str(component["increment"])) if component.get("increment") else None,
        pattern=pattern_of(validate),
        error=str(own.get("error") or ""),
        error_en=str(own.get("error_en") or ""),
        unit=str(own.get("unit") or (component.get("appearance") or {}).get("suffixAdorner") or ""),
        default=component.get("defaultValue"),
        options=_options(component),
        hide=hiding_of(component),
        fields=tuple(field_from(one) for one in component.get("components") or ()),
    )


def _options(component: Mapping[str, Any]) -> tuple[Option, ...]:
    if component["type"] not in CHOSEN:
        return ()
    return tuple(
        Option(
            value=str(one["value"]),
            label=str(one.get("label") or one["value"]),
            label_en=str(one.get("label_en") or one.get("label") or one["value"]),
        )
        for one in component.get("values") or ()
    )


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


# A mail address as browsers check it (HTML Standard, 4.10.5.1.5).
_LABEL = r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = rf"^[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(\.{_LABEL})*$"
# What a dollar is in a pattern: behind a backslash or in brackets a sign, else the end of the text.
_ESCAPED_OR_BRACKETS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$")


def pattern_of(validate: Mapping[str, Any]) -> re.Pattern[str] | None:
    """The pattern that an answer has to hold somewhere, or None. Raises re.error.

    As form-js does: who means the whole answer writes ``^`` and ``$``. JavaScript's ``\\d`` and ``\\w`` are
    ASCII, and its ``$`` allows no newline behind it.
    """
    source = _EMAIL if validate.get("validationType") == "email" else str(validate.get("pattern") or "")
    if not source:
        return None
    ends = _ESCAPED_OR_BRACKETS.sub(lambda one: r"\Z" if one[0] == "$" else one[0], source)
    return re.compile(ends, re.ASCII)
