"""All scenarios of a file, each in a fresh centre."""

from engine.domain.finding import Severity
from engine.errors import MotcuaError
from engine.procedures import BundleRefused, BundleSource
from engine.scenario.centre import Centres
from engine.scenario.coverage import drawn
from engine.scenario.model import ScenarioFile
from engine.scenario.result import FileResult, Part, Result
from engine.scenario.running import Play


def play_file(centres: Centres, file: ScenarioFile, source: BundleSource) -> FileResult:
    """What came of a file's scenarios; a diagram that cannot be deployed is told as the file's fault."""
    results: list[Result] = []
    parts: tuple[Part, ...] = ()
    try:
        for scenario in file.scenarios:
            with centres.opened(source) as centre:
                results.append(Play(centre, file.procedure, scenario).whole())
                if not parts:
                    procedures = centre.engine.procedures
                    parts = drawn(procedures.definition(procedures.get(file.procedure).sha256))
    except MotcuaError as refusal:
        return faulty(file.file, refusal, file.procedure)
    return FileResult(
        file=file.file,
        procedure=file.procedure,
        results=tuple(results),
        drawn=parts,
        coverage=file.coverage,
    )


def faulty(file: str, refusal: MotcuaError, procedure: str = "") -> FileResult:
    """A file that could not be run, and why."""
    findings = refusal.findings if isinstance(refusal, BundleRefused) else ()
    more = [one for one in findings if one.severity == Severity.ERROR]
    return FileResult(
        file=file,
        procedure=procedure,
        fault="; ".join([refusal.message("vi"), *(one.sentence("vi") for one in more)]),
        fault_en="; ".join([refusal.message("en"), *(one.sentence("en") for one in more)]),
    )
