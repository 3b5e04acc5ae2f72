"""Scenarios beside the model: courses of whole dossiers, written by analysts, played on the real engine.

The format is told in docs/how-to/scenarios.md.
"""

from engine.scenario.centre import Centre, Centres
from engine.scenario.coverage import without
from engine.scenario.errors import BadScenario, NotRecordable
from engine.scenario.playing import faulty, play_file
from engine.scenario.reading import read_scenarios
from engine.scenario.recording import record
from engine.scenario.result import Difference, FileResult, Part, Result
from engine.scenario.writing import added, file_text

__all__ = [
    "BadScenario",
    "Centre",
    "Centres",
    "Difference",
    "FileResult",
    "NotRecordable",
    "Part",
    "Result",
    "added",
    "faulty",
    "file_text",
    "play_file",
    "read_scenarios",
    "record",
    "without",
]
