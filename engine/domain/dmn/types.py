"""Item definitions: a model's own types, and how a value is made to fit one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.dmn.errors import TableWrong
from engine.domain.dmn.kinds import KIND_OF_TYPE, as_type
from engine.domain.feel import FeelValue, UnaryTests, compile_unary_tests
from engine.domain.feel.nodes import Type

MAX_NESTING = 20  # types made of types


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """What a name of this type holds. Null always fits; a field that is missing counts as null."""

    kind: str | None = None  # of FEEL; None for anything
    many: bool = False  # a list of such values
    fields: tuple[tuple[str, "ItemType"], ...] = ()
    allowed: UnaryTests | None = None
    result: "ItemType | None" = None  # of a function

    def take(self, value: FeelValue) -> tuple[bool, FeelValue]:
        """Whether the value fits, and as what: text is read as a date, ``a`` and ``[a]`` are the same."""
        if value is None:
            return True, None
        if self.many:
            taken = [self._one(item) for item in (value if isinstance(value, list) else [value])]
            return all(fits for fits, _ in taken), [item for _, item in taken]
        if isinstance(value, list) and len(value) == 1 and self.kind not in (None, "list"):
            value = value[0]
        return self._one(value)

    def feel(self) -> Type:
        """The same as a type of FEEL, which knows no allowed values."""
        one = Type(self.kind or "Any", (), tuple((name, field.feel()) for name, field in self.fields))
        return Type("list", (one,)) if self.many else one

    def _one(self, value: FeelValue) -> tuple[bool, FeelValue]:
        if value is None:
            return True, None
        fits, taken = as_type(value, self.kind)
        if fits and isinstance(taken, dict) and self.fields:
            fits, taken = self._context(taken)
        if fits and self.allowed is not None:
            fits = self.allowed.matches(taken, {})
        return fits, taken

    def _context(self, value: dict[str, FeelValue]) -> tuple[bool, FeelValue]:
        made, whole = dict(value), True
        for name, field in self.fields:
            fits, taken = field.take(value.get(name))
            whole = whole and fits
            if name in value:
                made[name] = taken
        return whole, made


class ItemTypes:
    """The types of one model. ``raw`` is JSON by name: ref, many, fields, allowed, result."""

    def __init__(self, raw: Mapping[str, Any], words: frozenset[str]) -> None:
        self.raw = raw
        self.words = words

    def of(self, ref: str | None, depth: int = 0) -> ItemType | None:
        """The type behind a ``typeRef``; None where it says nothing. Raises TableWrong, FeelSyntaxError."""
        if ref is None:
            return None
        if ref in self.raw:
            return self._made(ref, self.raw[ref], depth)
        kind = KIND_OF_TYPE.get(ref)
        return None if kind is None else ItemType(kind=kind)

    def feel(self) -> dict[str, Type]:
        """All of them as types of FEEL."""
        found = {name: self.of(name) for name in self.raw}
        return {name: one.feel() for name, one in found.items() if one is not None}

    def _made(self, name: str, raw: Mapping[str, Any], depth: int) -> ItemType:
        if depth > MAX_NESTING:
            raise TableWrong(name, "kiểu dữ liệu được định nghĩa qua chính nó", "the type is made of itself")
        base = self.of(raw["ref"], depth + 1) or ItemType()
        fields = tuple((field, self._made(field, one, depth + 1)) for field, one in raw["fields"])
        allowed = compile_unary_tests(raw["allowed"], names=self.words) if raw["allowed"] else base.allowed
        kind = "context" if fields else "function" if raw["result"] else base.kind
        if base.many and raw["many"]:
            return ItemType(many=True, kind="list")
        return ItemType(
            kind=kind,
            many=raw["many"] or base.many,
            fields=fields or base.fields,
            allowed=allowed,
            result=self.of(raw["result"], depth + 1) if raw["result"] else base.result,
        )
