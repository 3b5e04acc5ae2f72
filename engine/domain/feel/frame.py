"""What a running expression sees: the scope, the names bound inside it, and how much work it may still do."""

from collections.abc import Mapping

from engine.domain.feel.adoption import adopt
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.limits import MAX_NEST, MAX_STEPS
from engine.domain.feel.values import FeelValue


class Meter:
    """The work left for one evaluation. Loop-free parts are bounded by their size and not counted."""

    __slots__ = ("adopted", "left", "level")

    def __init__(self) -> None:
        self.adopted: dict[str, FeelValue] = {}  # what loops have read from the scope, made FEEL's once
        self.left = MAX_STEPS
        self.level = 0

    def charge(self, steps: int) -> None:
        """Use up ``steps``; raises FeelEvaluationError when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise FeelEvaluationError(
                f"biểu thức tính quá {MAX_STEPS} bước; hãy làm gọn vòng lặp",
                f"the expression takes more than {MAX_STEPS} steps; shorten its loops",
            )

    def enter(self, depth: int) -> None:
        """Go ``depth`` nodes deeper into invoked functions; raises FeelEvaluationError over the cap."""
        self.level += depth
        if self.level > MAX_NEST:
            raise FeelEvaluationError("hàm gọi lồng quá sâu", "functions are invoked too deep in each other")

    def leave(self, depth: int) -> None:
        self.level -= depth

    def weigh(self, value: FeelValue) -> None:
        """Charge for walking over a text, list or context, as deep as it goes."""
        kind = type(value)
        if kind is str:
            self.charge(len(value) >> 4)  # type: ignore[arg-type]
        elif isinstance(value, list):
            self.charge(len(value))
            for item in value:
                self.weigh(item)
        elif isinstance(value, dict):
            self.charge(len(value))
            for item in value.values():
                self.weigh(item)


class Frame:
    """Names bound by one construct (loop, context, function, filter), on top of the ones around it."""

    __slots__ = ("meter", "names", "parent", "scope")

    def __init__(
        self,
        scope: Mapping[str, object],
        meter: Meter,
        names: Mapping[str, FeelValue] | None = None,
        parent: "Frame | None" = None,
    ) -> None:
        self.scope = scope
        self.meter = meter
        self.names = names
        self.parent = parent

    def inner(self, names: Mapping[str, FeelValue]) -> "Frame":
        """A frame inside this one."""
        return Frame(self.scope, self.meter, names, self)

    def find(self, name: str) -> FeelValue:
        """The innermost value of a name; null when nobody gives it one."""
        frame: Frame | None = self
        while frame is not None:
            names = frame.names
            if names is not None and name in names:
                return names[name]
            frame = frame.parent
        adopted = self.meter.adopted
        if name not in adopted:
            adopted[name] = adopt(self.scope.get(name))
        return adopted[name]
