"""Item definitions of a DMN file, as the JSON that ``engine.domain.dmn.types`` reads."""

from collections.abc import Mapping
from typing import Any

from lxml.etree import _Element

from engine.domain.dmn.kinds import KIND_OF_TYPE
from engine.workflow.reading.dmn_xml import child, children, name_of, text_of, type_of

MAX_CHAIN = 10  # a type of a type of a type
MAX_NESTING = 20  # components within components


def item_types(root: _Element) -> dict[str, Any]:
    """The types that ``definitions`` declares, by name."""
    return {name_of(one): _item(one, 0) for one in children(root, "itemDefinition") if name_of(one)}


def column_type(type_ref: str | None, types: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The FEEL type of a cell behind a ``typeRef``, and its allowed values; None where they say nothing."""
    allowed: str | None = None
    for _ in range(MAX_CHAIN):
        if type_ref is None or type_ref in KIND_OF_TYPE or type_ref not in types:
            break
        item = types[type_ref]
        if item["many"] or item["fields"] or item["result"]:
            return None, None
        allowed = allowed or item["allowed"]
        type_ref = item["ref"]
    return (type_ref if type_ref in KIND_OF_TYPE else None), allowed


def _item(element: _Element, depth: int) -> dict[str, Any]:
    fields = children(element, "itemComponent") if depth < MAX_NESTING else ()
    function = child(element, "functionItem")
    # Values of the type, or (DMN 1.5) of a list as a whole: only the former are asked item by item.
    allowed = text_of(child(element, "allowedValues")).strip() or None
    return {
        "ref": type_of(element),
        "many": element.get("isCollection") == "true",
        "fields": [[name_of(one), _item(one, depth + 1)] for one in fields],
        "allowed": None if allowed == "-" else allowed,
        "result": None if function is None else _plain(function.get("outputTypeRef")),
    }


def _plain(type_ref: str | None) -> str | None:
    return type_ref.strip().rpartition(":")[2] or None if type_ref else None
