"""The words of ours that a diagram says, as JSON for other programs."""

from collections.abc import Iterator
from typing import Any

from engine.workflow.errors import XmlRefused
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.spoken import spoken_in

__all__ = ["XmlRefused", "words_in"]


def words_in(name: str, content: bytes) -> Iterator[dict[str, Any]]:
    """Of every element that bears words its id, kind and words, as ``processes/motcua.schema.json`` has it.

    Raises XmlRefused for a file that is not read.
    """
    return spoken_in(parse_xml(content, name))
