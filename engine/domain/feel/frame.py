"""What a running expression sees: the scope, the names bound inside it, and how much work it may still do."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from engine.domain.feel.adoption import adopt
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.limits import MAX_DATA_DEPTH, MAX_NEST, MAX_STEPS
from engine.domain.feel.values import FeelValue

WEIGHTY = frozenset({str, list, dict})
K = TypeVar("K")


class Meter:
    """The work left for one evaluation. Loop-free parts are bounded by their size and not counted."""

    __slots__ = ("left", "level")

    def __init__(self) -> None:
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

    def weigh(self, value: FeelValue, depth: int = 0) -> None:
        """Charge for walking over a text, list or context, as deep as it goes.

        Raises FeelEvaluationError when the work is used up or the value is nested too deep.
        """
        kind = type(value)
        if kind is str:
            self.charge(len(value) >> 4)  # type: ignore[arg-type]
        elif kind is list or kind is dict:
            self.charge(len(value))  # type: ignore[arg-type]
            if depth > MAX_DATA_DEPTH:
                raise FeelEvaluationError("giá trị lồng quá sâu", "the value is nested too deep")
            for item in value if kind is list else value.values():  # type: ignore[attr-defined,union-attr]
                if type(item) in WEIGHTY:
                    self.weigh(item, depth + 1)


class Frame:
    """Names bound by one construct (loop, context, function, filter), on top of the ones around it."""

    __slots__ = ("adopted", "meter", "names", "parent", "paths", "scope")

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
        # What has been read from the scope, made FEEL's once; kept by the outermost frame.
        self.adopted: dict[str, FeelValue] | None = None
        self.paths: dict[tuple[str, ...], FeelValue] | None = None

    def inner(self, names: Mapping[str, FeelValue]) -> "Frame":
        """A frame inside this one."""
        return Frame(self.scope, self.meter, names, self)

    def find(self, name: str) -> FeelValue:
        """The innermost value of a name; null when nobody gives it one."""
        frame = self
        while True:
            names = frame.names
            if names is not None and name in names:
                return names[name]
            if frame.parent is None:
                return frame._read(name)
            frame = frame.parent

    def _read(self, name: str) -> FeelValue:
        """From the scope, of which this is the outermost frame."""
        return self.kept(name, lambda: adopt(self.scope.get(name)))

    def kept(self, name: str, make: Callable[[], FeelValue]) -> FeelValue:
        """What was read from the scope under a name, made FEEL's once: that walks over all of it."""
        if self.adopted is None:
            self.adopted = {}
        return self._once(self.adopted, name, make)

    def kept_path(self, path: tuple[str, ...], make: Callable[[], FeelValue]) -> FeelValue:
        """As ``kept``, of a path into the scope."""
        if self.paths is None:
            self.paths = {}
        return self._once(self.paths, path, make)

    def _once(self, found: dict[K, FeelValue], key: K, make: Callable[[], FeelValue]) -> FeelValue:
        if key not in found:
            value = found[key] = make()
            self.meter.weigh(value)
        return found[key]


class Seen(Mapping[str, object]):
    """All that a frame sees, as the scope of something compiled for itself (a table inside a context)."""

    __slots__ = ("frame",)

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def __getitem__(self, name: str) -> FeelValue:
        return self.frame.find(name)

    def __iter__(self) -> Iterator[str]:
        raise FeelEvaluationError("không liệt kê được tên", "names of a frame cannot be listed")

    def __len__(self) -> int:
        raise FeelEvaluationError("không liệt kê được tên", "names of a frame cannot be listed")
