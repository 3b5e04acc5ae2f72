"""Item definitions of a DMN file: named types stand for a FEEL type and a list of allowed values."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from engine.domain.dmn.kinds import KIND_OF_TYPE
from engine.workflow.reading.dmn_xml import child, children, text_of, type_of

MAX_CHAIN = 10  # a type of a type of a type


@dataclass(frozen=True, slots=True)
class ItemType:
    """What a column of this type takes."""

    type_ref: str | None
    allowed: str | None


def item_types(root: _Element) -> Mapping[str, ItemType]:
    """The simple types that ``definitions`` declares; structures and collections say nothing about cells."""
    found: dict[str, ItemType] = {}
    for definition in children(root, "itemDefinition"):
        name = definition.get("name")
        if not name or definition.get("isCollection") == "true":
            continue
        allowed = text_of(child(definition, "allowedValues")).strip() or None
        found[name] = ItemType(type_of(definition), allowed)
    return found


def resolve(type_ref: str | None, types: Mapping[str, ItemType]) -> ItemType:
    """The FEEL type and the allowed values behind a ``typeRef``; unknown names stand for anything."""
    allowed: str | None = None
    for _ in range(MAX_CHAIN):
        if type_ref is None or type_ref in KIND_OF_TYPE or type_ref not in types:
            break
        item = types[type_ref]
        allowed = allowed or item.allowed
        type_ref = item.type_ref
    return ItemType(type_ref if type_ref in KIND_OF_TYPE else None, allowed)
