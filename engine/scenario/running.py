"""Plays one scenario in a centre of its own and compares what comes of it."""

from collections.abc import Callable
from time import perf_counter
from uuid import UUID

from engine.errors import Invalid, MotcuaError
from engine.intake import Intake
from engine.scenario.centre import Centre
from engine.scenario.comparing import Now, compared
from engine.scenario.coverage import reached
from engine.scenario.deeds import Deeds, Undoable
from engine.scenario.filling import Unfilled, filled
from engine.scenario.model import Deed, Refusal, Scenario, Wants
from engine.scenario.result import Difference, Reached, Result
from engine.scenario.seeing import Seen, fees, see
from engine.scenario.spans import written
from engine.scenario.words import nearest

APPLICANTS = {
    "citizen": {"name": "Nguyễn Thị Ánh", "kind": "citizen", "id_number": "040190001234",
                "phone": "0912345678", "address": "16 Trường Thi, Vinh"},
    "organisation": {"name": "Công ty TNHH Sông Lam", "kind": "organisation", "tax_code": "2901234568",
                     "phone": "0912345678", "address": "16 Trường Thi, Vinh"},
}  # fmt: skip
HAND_IN = "nộp hồ sơ"


class Play:
    """One scenario being played; stops where it cannot go on."""

    def __init__(self, centre: Centre, procedure: str, scenario: Scenario) -> None:
        self._centre, self._scenario, self._procedure = centre, scenario, procedure
        self._differences: list[Difference] = []
        self.dossier: UUID | None = None  # as soon as it is handed in
        self._seen: Seen | None = None  # the dossier since the last deed
        self._since = self._letters = self._reminders = 0
        self._stopped = False

    def whole(self) -> Result:
        """Play it to its end."""
        begun = perf_counter()
        self._hand_in()
        for deed in self._scenario.deeds:
            if self._stopped or self.dossier is None:
                break
            self._do(deed)
        if self.dossier is not None and not self._stopped:
            self._since = self._letters = self._reminders = 0  # at the end the whole course counts
            self._compare(self._scenario.wants, "kết thúc kịch bản")
        return Result(
            name=self._scenario.name,
            line=self._scenario.line,
            differences=tuple(self._differences),
            reached=self._reached(),
            seconds=perf_counter() - begun,
        )

    # ---- handing in

    def _hand_in(self) -> None:
        given, engine = self._scenario.given, self._centre.engine
        self._centre.clock.move_to(given.at)

        def submit() -> None:
            outcome = engine.dossiers.submit(
                deeds.who_hands_in(given.channel), self._intake(), key=self._scenario.name
            )
            self.dossier = outcome.dossier_id
            deeds.begin(outcome.dossier_id, outcome.number, outcome.tracking_code)

        deeds = self._deeds = Deeds(self._centre, self._scenario)
        self._try(submit, given.refused, given.line, HAND_IN)
        if self.dossier is not None:
            self._settled(given.line, HAND_IN)
            self._compare(given.wants, HAND_IN)

    def _intake(self) -> Intake:
        given, procedures = self._scenario.given, self._centre.engine.procedures
        definition = procedures.definition(procedures.get(self._procedure).sha256)
        form = definition.procedure.form
        standard = APPLICANTS[given.applicant.get("kind", "citizen")]
        return Intake(
            procedure_code=self._procedure,
            channel=given.channel,
            applicant={**standard, **given.applicant},
            answers=filled(definition.form(form) if form else None, given.answers),
            documents=given.documents,
            result_channel=given.result_channel,
        )

    # ---- deeds

    def _do(self, deed: Deed) -> None:
        step = _told(deed)
        seen = self._see()
        desk = self._centre.desk
        self._since, self._letters, self._reminders = seen.sequence, len(desk.letters), len(desk.reminders)
        self._try(lambda: self._deeds.do(deed, seen), deed.refused, deed.line, step)
        if not self._stopped:
            self._settled(deed.line, step)
            self._compare(deed.wants, step)

    def _try(self, deed: Callable[[], None], wanted: Refusal | None, line: int, step: str) -> None:
        """Do it; what is refused against the scenario's word ends it, so does what should be and is not."""
        try:
            deed()
        except Undoable as why:
            self._stop(line, step, why.what, why.expected, why.found, why.hint)
        except Unfilled as why:
            near = nearest(why.said, [text for one in why.labels for text in one.rstrip(")").split(" (")])
            hint = f"biểu mẫu không có mục «{why.said}»" + (f", có phải «{near}»?" if near else "")
            self._stop(line, step, "step", (why.said,), tuple(why.labels), hint)
        except MotcuaError as refusal:
            self._refused(refusal, wanted, line, step)
        else:
            if wanted is not None:
                self._stop(wanted.line, step, "refused", (wanted.code or wanted.says,), ("thực hiện được",))

    def _refused(self, refusal: MotcuaError, wanted: Refusal | None, line: int, step: str) -> None:
        found = (f"{refusal.code}: {refusal.message('vi')}", *_fields(refusal))
        if wanted is None:
            self._stop(line, step, "refused", ("thực hiện được",), found)
        elif wanted.code not in ("", refusal.code) or wanted.says.lower() not in " ".join(found).lower():
            expected = ": ".join(one for one in (wanted.code, wanted.says) if one)
            self._note(wanted.line, step, "refused", (expected,), found)

    def _settled(self, line: int, step: str) -> None:
        """Let happen what follows by itself; what goes wrong in it ends the scenario."""
        self._deeds.settle()
        self._seen = self._look()
        held = self._deeds.holding  # a service that keeps silent on purpose is no trouble
        trouble = [text for kind, text in self._seen.incidents if kind != "job" or not held]
        if trouble:
            self._stop(line, step, "incident", ("không có",), tuple(trouble))

    def _compare(self, wants: Wants, step: str) -> None:
        if not wants or self._stopped:
            return
        engine, desk, seen = self._centre.engine, self._centre.desk, self._see()

        def reckoned() -> object:
            with engine.database.reading() as connection:
                return fees(connection, engine.services, seen)

        now = Now(
            seen=seen,
            since=self._since,
            letters=desk.letters[self._letters :],
            reminders=desk.reminders[self._reminders :],
            fees=reckoned,  # type: ignore[arg-type]
            agency_name=engine.services.agency_name,
        )
        found = (compared(want, now, file=self._scenario.file, step=step) for want in wants)
        self._differences += [one for one in found if one is not None]

    # ---- at the end

    def _reached(self) -> Reached:
        if self.dossier is None:
            return Reached()
        seen = self._see()
        return reached(seen.definition, [events for _, events, _ in seen.commands])

    def _see(self) -> Seen:
        if self._seen is None:
            self._seen = self._look()
        return self._seen

    def _look(self) -> Seen:
        assert self.dossier is not None  # noqa: S101  # only asked once it is handed in
        engine = self._centre.engine
        with engine.database.reading() as connection:
            return see(connection, engine.services, self.dossier)

    def _note(
        self,
        line: int,
        step: str,
        what: str,
        expected: tuple[str, ...],
        found: tuple[str, ...],
        hint: str = "",
    ) -> None:
        self._differences.append(
            Difference(
                file=self._scenario.file, line=line, step=step, what=what, expected=expected, found=found,
                hint=hint,
            )
        )  # fmt: skip

    def _stop(
        self,
        line: int,
        step: str,
        what: str,
        expected: tuple[str, ...],
        found: tuple[str, ...],
        hint: str = "",
    ) -> None:
        self._note(line, step, what, expected, found, hint)
        self._stopped = True


def _fields(refusal: MotcuaError) -> tuple[str, ...]:
    """Of input that does not fit, each field with its sentence."""
    if not isinstance(refusal, Invalid):
        return ()
    return tuple(f"{name}: {vi}" for name, (vi, _) in refusal.fields.items())


def _told(deed: Deed) -> str:
    """A deed as a report names it."""
    if deed.kind in ("wait", "wait_for"):
        return f"chờ {deed.name}"
    if deed.kind == "extend" and deed.until is not None:
        return f"hẹn lại đến {written(deed.until.moment)}"
    names = {"supplement": "bổ sung", "withdraw": "rút hồ sơ", "message": "tin nhắn", "service": "dịch vụ"}
    said = names.get(deed.kind)
    if said is None:
        return f"«{deed.name}»" + (f" → {deed.decision}" if deed.decision else "")
    return f"{said} {deed.name}".strip() if deed.kind in ("message", "service") else said
