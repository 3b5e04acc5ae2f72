"""What a running expression sees: the scope, the names bound inside it, and how much work it may still do."""

from collections.abc import Callable, Iterator, Mapping

from engine.domain.feel.adoption import adopt
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.limits import MAX_NEST, MAX_STEPS
from engine.domain.feel.values import FeelValue

WEIGHTY = frozenset({str, list, dict})


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

    def weigh(self, value: FeelValue) -> None:
        """Charge for walking over a text, list or context, as deep as it goes."""
        kind = type(value)
        if kind is str:
            self.charge(len(value) >> 4)  # type: ignore[arg-type]
        elif kind is list or kind is dict:
            self.charge(len(value))  # type: ignore[arg-type]
            for item in value if kind is list else value.values():  # type: ignore[attr-defined,union-attr]
                if type(item) in WEIGHTY:
                    self.weigh(item)


class Frame:
    """Names bound by one construct (loop, context, function, filter), on top of the ones around it."""

    __slots__ = ("adopted", "meter", "names", "parent", "scope")

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
        self.adopted: dict[str | tuple[str, ...], FeelValue] | None = None

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

    def kept(self, key: str | tuple[str, ...], make: Callable[[], FeelValue]) -> FeelValue:
        """What was read from the scope under a name or path, made FEEL's once: that walks over all of it."""
        adopted = self.adopted
        if adopted is None:
            adopted = self.adopted = {}
        if key not in adopted:
            value = adopted[key] = make()
            self.meter.weigh(value)
        return adopted[key]


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
