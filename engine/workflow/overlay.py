"""A few changed files laid over the files of a bundle: an analyst sends one diagram, the rest stays."""

from collections.abc import Mapping

from engine.workflow.errors import NO_PROCESS, XmlRefused
from engine.workflow.reading.closure import BundleSource
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.names import bpmn, our_word


def overlay(base: BundleSource, files: Mapping[str, bytes]) -> BundleSource:
    """The bundle with these files in the place of its own.

    A diagram is known by what is in it, not by its name: one that describes a procedure takes the place of
    the main diagram, any other that of the diagram with the same process. Raises XmlRefused, also for a
    diagram without any process.
    """
    merged = dict(base.files)
    places = {
        process: name
        for name, content in base.files.items()
        if name.endswith(".bpmn")
        for process in _read(content, name)[0]
    }
    main = base.main
    for name, content in files.items():
        place = name
        if name.endswith(".bpmn"):
            processes, describes = _read(content, name)
            if not processes:
                raise XmlRefused(name, *NO_PROCESS)
            place = next((places[one] for one in processes if one in places), name)
            if describes:
                place = main = base.main or name
        merged[place] = content
    return BundleSource(main=main, files=merged)


def _read(content: bytes, name: str) -> tuple[list[str], bool]:
    """Ids of the processes of a diagram, and whether one of them describes a procedure."""
    processes = list(parse_xml(content, name).iter(bpmn("process")))
    return [one.get("id", "") for one in processes], any(
        our_word(one, "procedure") is not None for one in processes
    )
