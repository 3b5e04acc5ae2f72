"""Forms without JavaScript: a form drawn with form-js becomes fields to show, what was sent becomes answers.

Names of inputs carry a prefix, so that two forms can stand on one page and no field of a form is taken for a
field of the page: ``f.reason`` is the answer ``reason``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from api.i18n import pick
from api.pages.places import list_id, part_fields, province_typed, suggestions
from engine.domain.form import Answers, Field, Form, check, read_form, shown
from engine.domain.form.address import PARTS, parts_of
from engine.domain.form.model import MAX_ROWS

PREFIX = "f."
ADD, REFRESH = "_add", "_refresh"  # buttons that send the page again without doing anything

Typed = Mapping[str, Any]  # key (rows of lists: list.0.key) to text or texts, as they were typed
Errors = Mapping[str, tuple[str, str]]  # the same keys to a Vietnamese and an English sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A field as it stands on the page now."""

    field: Field
    name: str  # of the input
    id: str
    label: str
    help: str
    text: str = ""  # as typed, not as read: "7,5" stays "7,5"
    chosen: frozenset[str] = frozenset()
    error: str = ""
    children: tuple["Shown", ...] = ()  # of a group; the parts of an address
    asked: bool = True  # a cell of a list may not be, in its row
    offered: str = ""  # of a commune or province: the id of the list of names
    rows: tuple[tuple["Shown", ...], ...] = ()  # of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form as it stands on the page now."""

    fields: tuple[Shown, ...]
    conditional: bool  # answers may change what is asked
    offers: Mapping[str, Sequence[str]]  # names that are offered, by the id of the list
    located: bool  # a province may be chosen, which changes what is offered

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Id of the field and its sentence, from top to bottom: for the summary of errors."""
        return list(_problems(self.fields))


def form_view(
    form: Form | Mapping[str, Any],
    typed: Typed,
    *,
    scope: Mapping[str, object],
    errors: Errors | None = None,
    prefix: str = PREFIX,
    add: str = "",
) -> FormView:
    """The fields that ``typed`` makes visible, with what was typed and what is wrong with it.

    ``scope`` is the document with its ``dossier`` context: conditions and fields that are only read look
    there. ``add`` is the value of the pressed ``_add`` button: that list gets one more row.
    Raises FormRefused.
    """
    read = form if isinstance(form, Form) else read_form(form)
    drawer = _Drawer(typed, scope, errors or {}, prefix, add, check(read, typed, scope))
    fields = drawer.draw(read.fields)
    return FormView(
        fields=fields,
        conditional=read.conditional,
        offers=dict(suggestions(prefix, drawer.provinces)),
        located=any(one.field.identity == "address" for one in _each(fields)),
    )


def first_typed(form: Form | Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a form that nobody has touched: its defaults. Raises FormRefused."""
    read = form if isinstance(form, Form) else read_form(form)
    return {
        field.key: _as_typed(field, field.default)
        for field in read.each()
        if field.answered and field.default is not None and field.kind != "dynamiclist"
    }


def answers_from(posted: MultiDict[str, str], prefix: str = PREFIX) -> dict[str, Any]:
    """What was typed into the form of that prefix, as ``engine.domain.form.check`` takes it.

    One text a name, or a list when the name came several times.
    """
    answers: dict[str, Any] = {}
    for name in posted:
        if name.startswith(prefix):
            texts = posted.getlist(name)
            answers[name.removeprefix(prefix)] = texts[0] if len(texts) == 1 else texts
    return answers


def only_shown_again(posted: MultiDict[str, str]) -> bool:
    """Whether the button pressed only asks for the page again, with more rows or other fields."""
    return ADD in posted or REFRESH in posted


def field_id(name: str) -> str:
    """The id of the input with that name; ``parts/forms.html`` does the same for fields of the page."""
    return f"o-{name.replace('.', '-')}"


class _Drawer:
    """Fields of one form, drawn by one state of what was typed."""

    def __init__(
        self,
        typed: Typed,
        scope: Mapping[str, object],
        errors: Errors,
        prefix: str,
        add: str,
        answers: Answers,
    ) -> None:
        self._typed = typed
        self._scope = scope
        self._errors = errors
        self._prefix = prefix
        self._add = add
        self._answers = answers
        self.provinces: set[str] = set()  # whose communes are offered; "" for their own names

    def draw(self, fields: Sequence[Field]) -> tuple[Shown, ...]:
        """The visible ones, in their order."""
        return tuple(
            self._one(field, field.key, position)
            for position, field in enumerate(fields)
            if field in self._answers.visible
        )

    def _one(self, field: Field, key: str, position: int, part: Any = None) -> Shown:
        """A field as it stands; ``part`` is what was typed when the field is a part of an address."""
        name = self._prefix + key
        vi, en = self._errors.get(key, ("", "")) if key else ("", "")
        given = self._given(field, key) if part is None else part
        return Shown(
            field=field,
            name=name,
            id=field_id(name if key else f"{self._prefix}{field.kind}.{position}"),
            label=pick(field.label, field.label_en),
            help=pick(field.help, field.help_en),
            text=_one_text(given),
            chosen=frozenset(_texts(given)),
            error=pick(vi, en),
            children=self._children(field, key),
            asked=key not in self._answers.unasked,
            offered=self._offered(field),
            rows=self._rows(field) if field.kind == "dynamiclist" else (),
        )

    def _children(self, field: Field, key: str) -> tuple[Shown, ...]:
        if field.kind == "group":
            return self.draw(field.fields)
        if field.identity != "address" or field.readonly:
            return ()
        given = self._parts_given(field, key)
        parts = part_fields(field, province_typed(_one_text(given["province"])))
        return tuple(self._one(part, f"{key}.{part.key}", 0, given[part.key]) for part in parts)

    def _parts_given(self, field: Field, key: str) -> dict[str, Any]:
        """The parts as typed; else as the address is kept in one text; else the province it usually is in."""
        kept = parts_of(_one_text(self._typed.get(key)))
        kept["province"] = kept["province"] or field.province
        return {name: self._typed.get(f"{key}.{name}", kept[name]) for name in PARTS}

    def _offered(self, field: Field) -> str:
        if field.identity != "province" and (field.identity != "commune" or not field.province):
            return ""
        province = field.province if field.identity == "commune" else ""
        self.provinces.add(province)
        return list_id(self._prefix, province)

    def _given(self, field: Field, key: str) -> Any:
        if field.readonly:
            return shown(field, self._scope.get(field.key), pick("vi", "en"))
        return self._typed.get(key)

    def _rows(self, field: Field) -> tuple[tuple[Shown, ...], ...]:
        count = max([1, *(number + 1 for number in _row_numbers(self._typed, field.key))])
        count = min(count + (self._add == self._prefix + field.key), MAX_ROWS)
        return tuple(
            tuple(
                self._one(cell, f"{field.key}.{number}.{cell.key}", position)
                for position, cell in enumerate(field.fields)
            )
            for number in range(count)
        )


def _row_numbers(typed: Typed, key: str) -> Iterable[int]:
    start = f"{key}."
    for name in typed:
        number = name.removeprefix(start).partition(".")[0] if name.startswith(start) else ""
        if number.isascii() and number.isdigit() and len(number) <= 3:
            yield int(number)


def _texts(given: Any) -> list[str]:
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


def _one_text(given: Any) -> str:
    texts = _texts(given)
    return texts[0] if texts else ""


def _as_typed(field: Field, value: Any) -> Any:
    """A value of the document as somebody would have typed it."""
    if field.kind == "checkbox":
        return "true" if value is True else ""
    if field.options:
        return [str(one) for one in value] if isinstance(value, list) else str(value)
    return shown(field, value)


def _each(fields: Iterable[Shown]) -> Iterable[Shown]:
    for one in fields:
        yield one
        yield from _each((*one.children, *(cell for row in one.rows for cell in row)))


def _problems(fields: Iterable[Shown]) -> Iterable[tuple[str, str]]:
    for one in fields:
        if one.error:
            yield one.id, one.error
        yield from _problems(one.children)
        for row in one.rows:
            yield from _problems(row)
