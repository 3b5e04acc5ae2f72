"""A scenario: what is given, what is done, what must come of it. Frozen values, each with its line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.scenario.spans import Until


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One thing that must be so."""

    what: str  # of engine.scenario.words.EXPECT
    line: int
    value: Any


Wants = tuple[Want, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The engine must refuse: by this code, with these words in its sentence; empty: any."""

    line: int
    code: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service of another system answers."""

    result: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""  # code of a "no"
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is handed in, and the world it comes into."""

    line: int
    at: datetime
    channel: str = "counter"
    applicant: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[Mapping[str, Any], ...] = ()
    result_channel: str = "counter"
    services: Mapping[str, Answer] = field(default_factory=dict)  # by step, element or handler
    refused: Refusal | None = None
    wants: Wants = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that is done."""

    kind: str  # of engine.scenario.words.DEEDS
    line: int
    name: str = ""  # of the step, event, message or service; the citizen's words; the new appointment
    until: Until | None = None  # what a wait waits for
    decision: str | None = None
    reason: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    by: tuple[str | None, str | None] | None = None  # role and agency; None: whose step it is
    answer: Answer | None = None  # of a service
    refused: Refusal | None = None
    wants: Wants = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One course of one dossier."""

    file: str
    line: int
    name: str
    given: Given
    deeds: tuple[Deed, ...] = ()
    wants: Wants = ()  # at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFile:
    """All scenarios of a procedure that stand in one file."""

    file: str
    line: int  # where the procedure is named
    procedure: str
    diagram: str | None  # path beside the file; None: found by the procedure's code
    coverage: int | None  # percent of the main diagram's elements that must be reached
    scenarios: tuple[Scenario, ...]
