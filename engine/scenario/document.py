"""A YAML text as a tree that knows its lines. Nothing is guessed: all is text until more is asked for.

So 1.009794 stays a code, 02/03/2026 a date as people write it, and "no" a word.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from engine.domain.written import yaml_fault
from engine.scenario.errors import BadScenario, unknown
from engine.scenario.words import Words, meant

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TRUE, _FALSE = ("true", "có", "đúng"), ("false", "không", "sai")


class Node:
    """A value of the file at its place."""

    def __init__(self, node: yaml.Node, file: str, field: str, named: int | None = None) -> None:
        self._node, self.file, self.field = node, file, field
        self.named = named or self.line  # line of the name that it stands behind

    @property
    def line(self) -> int:
        return int(self._node.start_mark.line) + 1

    def fault(self, vi: str, en: str) -> BadScenario:
        """The error that says what is wrong here."""
        line = self.line if self.is_text else self.named
        return BadScenario(file=self.file, line=line, field=self.field, why=(vi, en))

    @property
    def is_text(self) -> bool:
        return isinstance(self._node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self._node, yaml.SequenceNode)

    @property
    def _plain(self) -> bool:
        """Whether it is text without quotes."""
        return isinstance(self._node, yaml.ScalarNode) and not self._node.style

    @property
    def empty(self) -> bool:
        return self._plain and self._node.value == ""

    def text(self) -> str:
        """One line or block of text; raises BadScenario for anything else."""
        if not self.is_text or self.empty:
            raise self.fault("cần ghi một giá trị", "one value is wanted here")
        return str(self._node.value).strip()

    def word(self, words: Words) -> str:
        """The English of one of these words."""
        found = meant(self.text(), words)
        if found is None:
            raise self.fault(*unknown(self.text(), words.values()))
        return found

    def truth(self) -> bool:
        """Có or không."""
        said = self.text().lower()
        if said not in (*_TRUE, *_FALSE):
            raise self.fault("ghi «có» hoặc «không»", "write “true” or “false”")
        return said in _TRUE

    def items(self) -> list["Node"]:
        """A list's values; a single value is a list of itself, nothing at all an empty one."""
        if self.is_list:
            return [Node(one, self.file, self.field) for one in self._node.value]
        return [] if self.empty else [self]

    def pairs(self) -> dict[str, "Node"]:
        """What stands behind each name, names as written; raises BadScenario for a name twice."""
        if self.empty:
            return {}
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("cần ghi dạng «tên: giá trị»", "“name: value” is wanted here")
        found: dict[str, Node] = {}
        for name, value in self._node.value:
            named = Node(name, self.file, self.field)
            said = named.text()
            if said in found:
                raise named.fault(f"mục «{said}» ghi hai lần", f"“{said}” is written twice")
            field = f"{self.field} › {said}" if self.field else said
            found[said] = Node(value, self.file, field, named.line)
        return found

    def fields(self, *known: Words) -> dict[str, "Node"]:
        """The same with known names only, by their English; raises BadScenario naming the nearest."""
        words = {name: vi for some in known for name, vi in some.items()}
        found: dict[str, Node] = {}
        for said, value in self.pairs().items():
            name = meant(said, words)
            if name is None:
                raise value.fault(*unknown(said, words.values()))
            if name in found:
                raise value.fault(f"mục «{said}» ghi hai lần", f"“{said}” is written twice")
            found[name] = value
        return found

    def written(self) -> Any:
        """Texts, lists and mappings as a form takes them: true and false alone are no text."""
        if self.is_list:
            return [one.written() for one in self.items()]
        if not self.is_text:
            return {name: value.written() for name, value in self.pairs().items()}
        text = str(self._node.value)
        return _LITERALS.get(text, text) if self._plain else text

    def value(self) -> Any:
        """JSON: numbers, true, false and null are themselves unless they are quoted."""
        if self.is_list:
            return [one.value() for one in self.items()]
        if not self.is_text:
            return {name: value.value() for name, value in self.pairs().items()}
        text = str(self._node.value)
        if not self._plain:
            return text
        if text in _LITERALS:
            return _LITERALS[text]
        number = _NUMBER.match(text)
        return (float(text) if number[2] else int(text)) if number else text


def read_document(text: str, file: str) -> Node:
    """The tree of a file; raises BadScenario for what is no YAML, or is YAML with anchors."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = yaml_fault(error.problem)
        why = f"không đọc được YAML: {hint[0]}", f"this is no YAML: {hint[1]}"
        raise BadScenario(file=file, line=mark.line + 1 if mark else 1, field="YAML", why=why) from error
    except (yaml.YAMLError, RecursionError) as error:
        why = "không đọc được YAML", "this is no YAML"
        raise BadScenario(file=file, line=1, field="YAML", why=why) from error
    if root is None:
        why = "tệp trống", "the file is empty"
        raise BadScenario(file=file, line=1, field="YAML", why=why)
    _require_tree(root, file)
    return Node(root, file, "")


def _require_tree(root: yaml.Node, file: str) -> None:
    """Neither anchors, which could make a small file endless, nor a depth that nobody needs."""
    seen: set[int] = set()
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if id(node) in seen or depth > _DEEPEST:
            why = "không dùng neo (&, *) hoặc lồng quá sâu", "no anchors (&, *) and no deeper nesting"
            raise BadScenario(file=file, line=node.start_mark.line + 1, field="YAML", why=why)
        seen.add(id(node))
        waiting += [(inner, depth + 1) for inner in _inner(node)]


def _inner(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name
            yield value
