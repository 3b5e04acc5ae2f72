"""The only functions an expression can call: pure ones, declared with the kinds of value they take."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.domain.feel.values import FeelValue, kind

Run = Callable[..., FeelValue]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. ``kinds`` empty means any value, null included."""

    name: str
    kinds: frozenset[str] = frozenset()
    optional: bool = False
    rest: bool = False  # takes all further arguments as one list

    def accept(self, value: FeelValue) -> tuple[bool, FeelValue]:
        """Whether the value fits, and the value after FEEL's coercions between ``a`` and ``[a]``."""
        if not self.kinds or kind(value) in self.kinds:
            return True, value
        if value is None:
            return self.optional, None
        if "list" in self.kinds:
            return True, [value]
        if isinstance(value, list) and len(value) == 1 and kind(value[0]) in self.kinds:
            return True, value[0]
        return False, None


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    run: Run

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many positional arguments."""
        if self.parameters and self.parameters[-1].rest:
            return count >= len(self.parameters)
        least = sum(not p.optional for p in self.parameters)
        return least <= count <= len(self.parameters)

    def order(self, names: tuple[str, ...]) -> tuple[int, ...] | None:
        """For each parameter the index of its named argument, -1 if left out; None when they do not fit."""
        known = [p.name for p in self.parameters]
        if not set(names) <= set(known):
            return None
        if any(not p.optional and p.name not in names for p in self.parameters):
            return None
        return tuple(names.index(name) if name in names else -1 for name in known)

    def bind(self, values: list[FeelValue]) -> list[FeelValue] | None:
        """The arguments as the function takes them, or None when a kind does not fit."""
        if self.parameters and self.parameters[-1].rest:
            split = len(self.parameters) - 1
            values = [*values[:split], values[split:]]
        bound = []
        for parameter, value in zip(self.parameters, values, strict=False):
            fits, taken = parameter.accept(value)
            if not fits:
                return None
            bound.append(taken)
        return bound


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function under its FEEL name.

    ``asks`` names what it gets before its arguments: the ``scope`` or the ``meter`` of the evaluation.
    """

    name: str
    overloads: tuple[Overload, ...]
    asks: Literal["scope", "meter"] | None = None

    def call(self, values: list[FeelValue], asked: object = None) -> FeelValue:
        """The result for positional arguments; null when no overload takes their kinds."""
        for overload in self.overloads:
            if overload.takes(len(values)):
                bound = overload.bind(values)
                if bound is not None:
                    return self._run(overload, bound, asked)
        return None

    def _run(self, overload: Overload, bound: list[FeelValue], asked: object) -> FeelValue:
        try:
            return overload.run(*bound) if self.asks is None else overload.run(asked, *bound)
        except ArithmeticError:
            return None  # a result that is no number, or none that 34 digits can hold


class Registry(Mapping[str, Builtin]):
    """An unchangeable set of functions; compared and hashed by identity."""

    def __init__(self, functions: Mapping[str, Builtin]) -> None:
        self._functions = dict(functions)

    def __getitem__(self, name: str) -> Builtin:
        return self._functions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def extended(self, *functions: Builtin) -> "Registry":
        """A new registry with more functions; a name that exists already is a programming error."""
        twice = [f.name for f in functions if f.name in self._functions]
        if twice:
            raise ValueError(f"functions exist already: {twice}")
        return Registry(self._functions | {f.name: f for f in functions})


class Library:
    """Collects functions by decorator: ``@library.add("starts with(string: string, match: string)")``."""

    def __init__(self) -> None:
        self.functions: dict[str, Builtin] = {}

    def add(self, signature: str, *, asks: Literal["scope", "meter"] | None = None) -> Callable[[Run], Run]:
        """Declare an overload. ``|`` joins kinds; ``name?`` is optional, ``name...`` takes the rest."""
        name, _, rest = signature.partition("(")
        parameters = tuple(_parameter(p) for p in rest.removesuffix(")").split(",") if p.strip())

        def declare(run: Run) -> Run:
            before: Any = self.functions.get(name)
            overloads = before.overloads if before else ()
            self.functions[name] = Builtin(name, (*overloads, Overload(parameters, run)), asks)
            return run

        return declare


def _parameter(text: str) -> Parameter:
    name, _, kinds = (part.strip() for part in text.partition(":"))
    return Parameter(
        name=name.rstrip("?."),
        kinds=frozenset(k.strip() for k in kinds.split("|")) - {"", "any"},
        optional=name.endswith("?"),
        rest=name.endswith("..."),
    )
