"""How large a tree is: every node, and the cap on their number and depth."""

from collections.abc import Iterator

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.limits import MAX_DEPTH, MAX_NODES
from engine.domain.feel.nodes import Node


def walk(root: Node) -> Iterator[Node]:
    """Every node, without recursion: the tree may be deeper than Python's stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.children())


def depth(root: Node) -> int:
    """The levels of a tree."""
    levels, level = 0, [root]
    while level:
        levels += 1
        level = [child for node in level for child in node.children()]
    return levels


def require_small(root: Node) -> int:
    """The number of nodes; raise FeelSyntaxError when there are too many or they nest too deep."""
    count = 0
    level: list[Node] = [root]
    levels = 0
    while level:
        levels += 1
        count += len(level)
        if levels > MAX_DEPTH or count > MAX_NODES:
            raise FeelSyntaxError(
                f"biểu thức quá phức tạp (tối đa {MAX_DEPTH} tầng, {MAX_NODES} phần tử); hãy chia nhỏ",
                f"the expression is too complex (at most {MAX_DEPTH} levels, {MAX_NODES} parts); split it",
            )
        level = [child for node in level for child in node.children()]
    return count
