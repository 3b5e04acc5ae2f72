"""Drawings of other tools made executable with questions: nothing is guessed in silence, nothing is lost.

``import_drawing`` reads a file of any modeler, repairs it by a table of repairs, asks the answers what the
drawing does not say, and gives either a file that passes ``check_bundle`` or a refusal that names elements.
"""

from engine.workflow.importing.answers import Answers, BadAnswers
from engine.workflow.importing.assistant import Imported, import_drawing
from engine.workflow.importing.report import Entry, Outcome

__all__ = ["Answers", "BadAnswers", "Entry", "Imported", "Outcome", "import_drawing"]
