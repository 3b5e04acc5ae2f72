"""What a running process may see and do: supplied by whoever runs it, so that the process itself is pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID


class World(Protocol):
    """The dossier of one command, as its process meets it."""

    @property
    def dossier_id(self) -> UUID: ...
    @property
    def sequence(self) -> int: ...
    @property
    def at(self) -> datetime: ...

    def scope(self) -> Mapping[str, object]:
        """Names that expressions may read: the document and the context ``dossier``."""
        ...

    def assign(self, name: str, value: object) -> None:
        """Write a JSON value into the document."""
        ...

    def handler_place(self, handler: str) -> Literal["inside", "outside"]:
        """Where a handler runs; raises UnknownHandler."""
        ...

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        """Run an inside handler; may raise BusinessError."""
        ...

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        """An element marked with a milestone has completed."""
        ...

    def paper(self, name: str, node: str) -> None:
        """An element that issues a paper has completed."""
        ...
