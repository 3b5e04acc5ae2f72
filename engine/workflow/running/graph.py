"""Where tokens of a scope can still get to."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any


class Graph:
    """The ways between the elements of a scope; an activity also leads to its boundary events."""

    def __init__(self, elements: Mapping[str, Mapping[str, Any]]) -> None:
        self._into: dict[str, set[str]] = defaultdict(set)
        self._source: dict[str, str] = {}
        for name, plan in elements.items():
            for flow in plan.get("flows", ()):
                self._into[flow["to"]].add(name)
                self._source[flow["id"]] = name
            for event in plan.get("attached", ()):
                self._into[event].add(name)
        self._known: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def before(self, gateway: str, flows: frozenset[str]) -> frozenset[str]:
        """Elements from which a token can come along one of the flows without passing the gateway."""
        known = self._known.get((gateway, flows))
        if known is None:
            seen: set[str] = set()
            waiting = [self._source[flow] for flow in flows]
            while waiting:
                here = waiting.pop()
                if here not in seen and here != gateway:
                    seen.add(here)
                    waiting.extend(self._into[here])
            known = self._known[gateway, flows] = frozenset(seen)
        return known
