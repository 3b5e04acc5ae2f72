"""YAML as an outline says it: texts stay texts, and everything knows its line."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from engine.domain.written import NotText, written, yaml_fault
from engine.workflow.drafting.problems import BadOutline, Problem

_MOST_BYTES, _MOST_NODES, _DEEPEST = 200_000, 20_000, 40
_MOST_BRACKETS = 100  # in a line, or open at a time
_TRUE, _FALSE = ("true", "yes", "có"), ("false", "no", "không")
_NOTHING = ("", "~", "null")


class Problems:
    """What has been found wrong so far."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, node: yaml.Node, field: str, vi: str, en: str) -> None:
        self.found.append(Problem(node.start_mark.line + 1, field, vi, en))

    def refuse(self) -> None:
        """Raises BadOutline if there is anything."""
        if self.found:
            raise BadOutline(sorted(self.found, key=lambda one: one.line))


class Said:
    """A mapping; what nobody asked for in the end is a misspelt field."""

    def __init__(self, node: yaml.Node, path: str, problems: Problems) -> None:
        self.node, self.path, self.problems = node, path, problems
        self._fields: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, path, "phải là các dòng «tên: giá trị»", "must be lines of “name: value”")
            return
        for key, value in node.value:
            name = str(key.value)
            if name in self._fields:
                problems.add(key, self._at(name), "viết hai lần", "is written twice")
            self._fields[name] = value

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def names(self) -> list[str]:
        return list(self._fields)

    def has(self, name: str) -> bool:
        """Whether the field is there and not empty."""
        node = self._fields.get(name)
        return node is not None and not _empty(node)

    def text(self, name: str) -> str | None:
        """A text; None where there is none."""
        node = self._get(name)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self._wrong(node, self._at(name), "phải là một giá trị", "must be a single value")
        return None

    def need(self, name: str) -> str:
        """A text that has to be there."""
        found = self.text(name)
        if not found:
            self._wrong(self.node, self._at(name), "còn thiếu", "is missing")
        return found or ""

    def flag(self, name: str, default: bool = False) -> bool:
        said = self.text(name)
        if said is None:
            return default
        if said.lower() not in _TRUE + _FALSE:
            self._wrong(
                self._fields[name], self._at(name), "phải là true hoặc false", "must be true or false"
            )
        return said.lower() in _TRUE

    def number(self, name: str) -> int | None:
        said = self.text(name)
        if said is not None and not said.isdigit():
            self._wrong(self._fields[name], self._at(name), "phải là số nguyên", "must be a whole number")
            return None
        return int(said) if said is not None else None

    def choice(self, name: str, values: tuple[str, ...], default: str | None = None) -> Any:
        """One of a few words."""
        said = self.text(name)
        if said is not None and said not in values:
            shown = ", ".join(values)
            self._wrong(self._fields[name], self._at(name),
                        f"«{said}» không được biết; có thể là: {shown}",
                        f"“{said}” is not known; it may be: {shown}")  # fmt: skip
            return default
        return said if said is not None else default

    def texts(self, name: str) -> list[str]:
        """A list of texts; a single one needs no list."""
        return [one for one in (plain(node) for _, node in self._items(name)) if one is not None]

    def inner(self, name: str) -> "Said | None":
        node = self._get(name)
        return Said(node, self._at(name), self.problems) if node is not None else None

    def list(self, name: str) -> list["Said | str"]:
        """A list of mappings and texts; a single one needs no list."""
        return [self._either(path, node) for path, node in self._items(name)]

    def table(self, name: str) -> Mapping[str, str]:
        """A mapping of names to texts."""
        inner = self.inner(name)
        return {key: inner.need(key) for key in inner.names()} if inner is not None else {}

    def value(self, name: str) -> Any:
        """Anything, as plain data with numbers and truths where they look like it."""
        node = self._get(name)
        return _data(node) if node is not None else None

    def wrong(self, name: str, vi: str, en: str) -> None:
        """Something is wrong with a field."""
        self._wrong(self._fields.get(name, self.node), self._at(name), vi, en)

    def close(self) -> None:
        """Nothing may be left that nobody asked for."""
        for name, node in self._fields.items():
            if name not in self._asked:
                near = get_close_matches(name, sorted(self._asked), 1)
                hint = (f" Ý ông/bà là «{near[0]}»?", f" Did you mean “{near[0]}”?") if near else ("", "")
                self._wrong(
                    node, self._at(name), f"không có trường này.{hint[0]}", f"no such field.{hint[1]}"
                )

    def _get(self, name: str) -> yaml.Node | None:
        self._asked.add(name)
        node = self._fields.get(name)
        return None if node is None or _empty(node) else node

    def _items(self, name: str) -> Iterator[tuple[str, yaml.Node]]:
        node = self._get(name)
        if isinstance(node, yaml.SequenceNode):
            yield from (
                (f"{self._at(name)}[{number}]", one) for number, one in enumerate(node.value, start=1)
            )
        elif node is not None:
            yield self._at(name), node

    def _either(self, path: str, node: yaml.Node) -> "Said | str":
        said = plain(node)
        return said if said is not None else Said(node, path, self.problems)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _wrong(self, node: yaml.Node, field: str, vi: str, en: str) -> None:
        self.problems.add(node, field, vi, en)


def plain(node: yaml.Node) -> str | None:
    """The text of a scalar."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else None


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value.strip() in _NOTHING


def _data(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(one) for one in node.value]
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        text = str(node.value).strip()
        if text in ("true", "false"):
            return text == "true"
        return int(text) if text.isdigit() and (text == "0" or text[0] != "0") else text
    return str(node.value).strip()


def composed(content: bytes) -> tuple[Said, Problems]:
    """The outermost mapping of a file. Raises BadOutline for what is no YAML, or too much of it."""
    problems = Problems()
    if len(content) > _MOST_BYTES:
        raise BadOutline([Problem(1, "", "tệp lớn hơn 200 KB", "the file is larger than 200 KB")])
    _require_shallow(content)
    try:
        node = yaml.compose(written(content), Loader=yaml.SafeLoader)
    except NotText as error:
        raise BadOutline([Problem(error.line, "", *error.why)]) from error
    except RecursionError as error:
        raise BadOutline([Problem(1, "", "lồng quá sâu", "nested too deeply")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        vi, en = yaml_fault(getattr(error, "problem", None) or getattr(error, "reason", None))
        line = mark.line + 1 if mark is not None else 1
        raise BadOutline(
            [Problem(line, "", f"sai cú pháp YAML: {vi}", f"not well-formed YAML: {en}")]
        ) from error
    if node is None:
        raise BadOutline([Problem(1, "", "tệp rỗng", "the file is empty")])
    _count(node, [0], 0)
    return Said(node, "", problems), problems


def _require_shallow(content: bytes) -> None:
    """Brackets that nobody closes cost the parser time that grows with their square."""
    depth = 0
    for line, text in enumerate(content.splitlines(), start=1):
        opened = text.count(b"[") + text.count(b"{")
        depth = max(0, depth + opened - text.count(b"]") - text.count(b"}"))
        if opened > _MOST_BRACKETS or depth > _MOST_BRACKETS:
            raise BadOutline([Problem(line, "", "lồng quá sâu", "nested too deeply")])


def _count(node: yaml.Node, seen: list[int], depth: int) -> None:
    """References (&, *) could make a small file endless; what they stand for counts every time."""
    seen[0] += 1
    if seen[0] > _MOST_NODES or depth > _DEEPEST:
        line = node.start_mark.line + 1
        raise BadOutline([Problem(line, "", "tệp có quá nhiều phần tử", "the file has too many elements")])
    for one in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in one if isinstance(one, tuple) else (one,):
            _count(part, seen, depth + 1)
