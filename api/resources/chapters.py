"""The OpenAPI description as chapters that a page can show: references followed, every field in a row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A parameter, header or field."""

    name: str  # of a field inside others: items[].light.state
    kind: str
    required: bool
    text: str
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one path."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    access: str
    parameters: tuple[Row, ...]
    body_type: str
    body: tuple[Row, ...]
    success: str  # status
    answer_type: str
    answer: tuple[Row, ...]
    refusals: tuple[str, ...]  # statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """All operations of one noun."""

    noun: str
    description: str
    operations: tuple[Operation, ...]


def chapters(spec: Json) -> tuple[Chapter, ...]:
    """The description, noun by noun in the order of its tags."""
    operations = list(_operations(spec))
    return tuple(
        Chapter(
            noun=tag["name"],
            description=tag["description"],
            operations=tuple(one for noun, one in operations if noun == tag["name"]),
        )
        for tag in spec["tags"]
    )


def breakable(name: str) -> Markup:
    """A path or a name that may break after its slashes, dots and underscores on a narrow screen."""
    return Markup("<wbr>").join(Markup.escape(part) for part in re.split(r"(?<=[/._])", name))


def _operations(spec: Json) -> Iterator[tuple[str, Operation]]:
    for path, item in spec["paths"].items():
        shared = item.get("parameters", [])
        for method, said in item.items():
            if method != "parameters":
                yield said["tags"][0], _operation(spec, path, method, said, shared)


def _operation(spec: Json, path: str, method: str, said: Json, shared: list[Json]) -> Operation:
    body_type, body = _content(spec, said.get("requestBody", {}))
    success = next(status for status in said["responses"] if status.startswith("2"))
    answer_type, answer = _content(spec, said["responses"][success])
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        description=said["description"],
        access=said["x-access"],
        parameters=tuple(_parameter(followed(spec, one)) for one in (*shared, *said["parameters"])),
        body_type=body_type,
        body=body,
        success=success,
        answer_type=answer_type,
        answer=answer,
        refusals=tuple(sorted(status for status in said["responses"] if status.startswith("4"))),
    )


def followed(spec: Json, value: Json) -> Json:
    """What a reference stands for; what is none stands for itself."""
    while "$ref" in value:
        found: Any = spec
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def _content(spec: Json, holder: Json) -> tuple[str, tuple[Row, ...]]:
    for media_type, said in followed(spec, holder).get("content", {}).items():
        return media_type, tuple(_fields(spec, said.get("schema", {})))
    return "", ()


def _fields(spec: Json, schema: Json, before: str = "") -> Iterator[Row]:
    whole = followed(spec, schema)
    for name, said in whole.get("properties", {}).items():
        inner, many = _inner(spec, said)
        path = f"{before}{name}{'[]' if many else ''}"
        yield Row(
            name=path,
            kind=_kind(said, inner),
            required=name in whole.get("required", ()),
            text=said.get("description", ""),
            example=_example(said),
        )
        yield from _fields(spec, inner, f"{path}.")


def _inner(spec: Json, said: Json) -> tuple[Json, bool]:
    """The object inside a field: itself, of its list, or beside null; and whether there are many."""
    for one in said.get("allOf", ()) or said.get("anyOf", ()):
        if "$ref" in one:
            return followed(spec, one), False
    found = followed(spec, said)
    if "items" in found:
        return _inner(spec, found["items"])[0], True
    return found, False


def _kind(said: Json, inner: Json) -> str:
    """The type in a word or two: its choices, or type and format, and whether it may be null."""
    if "enum" in inner:
        return " | ".join(map(str, inner["enum"]))
    found = inner.get("type", "object" if "properties" in inner else "any")
    words = list(found) if isinstance(found, list) else [found]
    if "null" not in words and any(one.get("type") == "null" for one in said.get("anyOf", ())):
        words.append("null")
    return " | ".join([inner.get("format", words[0]), *words[1:]])


def _example(said: Json) -> str:
    example = said.get("example", "")
    return example if isinstance(example, str) else ""


def _parameter(said: Json) -> Row:
    schema = said.get("schema", {})
    return Row(
        name=said["name"],
        kind=f"{said['in']}: {_kind(schema, schema)}",
        required=bool(said.get("required")),
        text=said.get("description", schema.get("description", "")),
        example=_example(said) or _example(schema),
    )
