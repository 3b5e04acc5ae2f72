"""What an expression reads and calls, known without running it: the check at deployment rests on this."""

from dataclasses import dataclass, field

from engine.domain.feel.nodes import (
    Call,
    ContextOf,
    Embedded,
    Filter,
    For,
    FunctionOf,
    Iteration,
    Name,
    Node,
    Path,
    Quantified,
)

BINDING = (Filter, For, Quantified, FunctionOf, ContextOf)


@dataclass(slots=True)
class Usage:
    """Free names, dotted paths and calls of one expression."""

    names: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    calls: dict[str, int] = field(default_factory=dict)  # name -> offset of its first call
    perhaps: set[str] = field(default_factory=set)  # in a filter: a property of the item, or a free name


def usage(root: Node) -> Usage:
    """Everything ``root`` reads from its scope."""
    found = Usage()
    _visit(root, frozenset(), False, found)
    return found


def _visit(node: Node, bound: frozenset[str], filtering: bool, found: Usage) -> None:
    if isinstance(node, Name | Path):
        _reference(node, bound, filtering, found)
    elif isinstance(node, Call):
        _call(node, bound, filtering, found)
    elif isinstance(node, Embedded):
        for name in node.names - bound:
            (found.perhaps if filtering else found.names).add(name)
        if not filtering:
            found.paths |= {path for path in node.paths if path.split(".")[0] not in bound}
    elif isinstance(node, BINDING):
        _binding(node, bound, filtering, found)
    else:
        for child in node.children():
            _visit(child, bound, filtering, found)


def _binding(node: Node, bound: frozenset[str], filtering: bool, found: Usage) -> None:
    """A construct that gives names to a part of itself."""
    if isinstance(node, Filter):
        _visit(node.base, bound, filtering, found)
        _visit(node.condition, bound | {"item"}, True, found)
    elif isinstance(node, For):
        inner = _iterations(node.iterations, bound, filtering, found)
        _visit(node.body, inner | {"partial"}, filtering, found)
    elif isinstance(node, Quantified):
        inner = _iterations(node.iterations, bound, filtering, found)
        _visit(node.condition, inner, filtering, found)
    elif isinstance(node, FunctionOf):
        _visit(node.body, bound | set(node.parameters), filtering, found)
    elif isinstance(node, ContextOf):
        for key, value in zip(node.keys, node.values, strict=True):
            _visit(value, bound, filtering, found)
            bound = bound | {key}


def _iterations(
    iterations: tuple[Iteration, ...], bound: frozenset[str], filtering: bool, found: Usage
) -> frozenset[str]:
    for iteration in iterations:
        for child in iteration.children():
            _visit(child, bound, filtering, found)
        bound = bound | {iteration.name}
    return bound


def _call(node: Call, bound: frozenset[str], filtering: bool, found: Usage) -> None:
    if isinstance(node.function, Name):
        if node.function.name not in bound:
            found.calls.setdefault(node.function.name, node.function.at)
    else:
        _visit(node.function, bound, filtering, found)
    for argument in node.arguments:
        _visit(argument, bound, filtering, found)


def _reference(node: Name | Path, bound: frozenset[str], filtering: bool, found: Usage) -> None:
    segments = static_path(node)
    if segments is None:
        for child in node.children():
            _visit(child, bound, filtering, found)
    elif segments[0] in bound or segments[0] == "?":
        return
    elif filtering:
        found.perhaps.add(segments[0])
    else:
        found.names.add(segments[0])
        found.paths.add(".".join(segments))


def static_path(node: Node) -> tuple[str, ...] | None:
    """The segments of ``a.b.c``; None when the path starts from something computed."""
    segments: list[str] = []
    while isinstance(node, Path):
        segments.append(node.name)
        node = node.base
    return (node.name, *reversed(segments)) if isinstance(node, Name) else None
