"""What two diagrams say otherwise, in words."""

from difflib import unified_diff

from engine.workflow.drafting.telling import tell
from engine.workflow.reading.guard import parse_xml


def differences(name: str, before: bytes, after: bytes) -> list[str]:
    """Lines that only one of them says, with - before and + after. Raises XmlRefused."""
    old, new = (_lines(name, content) for content in (before, after))
    changed = unified_diff(old, new, lineterm="", n=0)
    return [line for line in changed if not line.startswith(("---", "+++", "@@"))]


def _lines(name: str, content: bytes) -> list[str]:
    return [line.strip() for told in tell(parse_xml(content, name)) for line in told.lines()]
