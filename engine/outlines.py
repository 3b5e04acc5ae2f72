"""Procedures written as outlines: drawn, checked at once, and known again later. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.advance.services import Services
from engine.domain.finding import Finding, sound
from engine.workflow.bundle import BundleSource, check_bundle
from engine.workflow.drafting import (
    BadOutline,
    Outline,
    Told,
    drafted,
    edited,
    forms_of_seal,
    read_outline,
    tell,
)

__all__ = ["BadOutline", "Drawing", "Outline", "Outlines", "Told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The files of a procedure as its outline makes them, and what the check says of them."""

    code: str
    agency: str
    main: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return sound(self.findings)


class Outlines:
    """Draws outlines."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def read(self, content: bytes) -> Outline:
        """The outline in a YAML file. Raises BadOutline with everything that is wrong with it."""
        return read_outline(content)

    def draw(
        self,
        outline: Outline,
        shared: Mapping[str, bytes],
        beside: Mapping[str, bytes],
        before: bytes | None = None,
    ) -> Drawing:
        """Diagram and forms with the findings of the check. Raises BadOutline.

        ``shared`` are the shared diagrams and forms, ``beside`` what lies in the folder of the agency: its
        decision tables and forms are used. ``before`` is the diagram as it was drawn the last time: forms
        that were drawn with it are drawn again.
        """
        own = forms_of_seal(before) if before is not None else frozenset()
        beside = {name: content for name, content in beside.items() if name not in own}
        draft = drafted(outline, {**shared, **beside})
        source = BundleSource(main=draft.main, files={**shared, **beside, **draft.files})
        findings = check_bundle(source, handlers=self._services.handlers.names())
        return Drawing(
            code=outline.code, agency=outline.agency, main=draft.main, files=draft.files,
            findings=tuple(findings),
        )  # fmt: skip

    def tell(self, name: str, content: bytes) -> Sequence[Told]:
        """The processes of a BPMN file in words. Raises XmlRefused."""
        return tell(name, content)

    def edited(self, main: str, files: Mapping[str, bytes]) -> Sequence[str]:
        """Files that lie where a drawing is to go and that somebody has changed, or made by hand."""
        return edited(main, files)
