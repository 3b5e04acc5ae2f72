"""The services of a scenario: handlers inside are the real ones, what leaves the centre is answered here."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.handler import BusinessError, Call, Handler, HandlerRegistry, RetryLater
from engine.scenario.model import Answer


class Desk(HandlerRegistry):
    """Answers for other systems as the scenario says, notes letters; nothing is sent to anybody.

    ``stand_ins`` answer where the scenario says nothing; they take the place of handlers by name.
    """

    def __init__(self, handlers: Iterable[Handler], stand_ins: Iterable[Handler] = ()) -> None:
        super().__init__(handlers)
        self._stand_ins = {one.name: one for one in stand_ins}
        self.answers: dict[str, Answer] = {}  # by handler
        self.letters: list[str] = []  # templates of what the citizen is told, in order
        self.reminders: list[str] = []  # what officers are told

    def get(self, name: str) -> Handler:
        known = super().get(name)
        return known if known.place == "inside" else _Answering(name, self)  # type: ignore[return-value]

    def silent(self, handler: str) -> bool:
        """Whether the scenario lets this service keep silent."""
        answer = self.answers.get(handler)
        return answer is not None and answer.silent

    def answer(self, call: Call) -> Mapping[str, Any]:
        """What the other system says."""
        if call.handler == "notify_applicant":
            self.letters.append(str(call.inputs.get("template") or ""))
        elif call.handler == "notify_officers":
            self.reminders.append(str(call.inputs.get("text") or call.inputs.get("template") or ""))
        said = self.answers.get(call.handler)
        if said is None:
            stand_in = self._stand_ins.get(call.handler)
            return stand_in.handle(call) if stand_in is not None else {}
        if said.silent:
            raise RetryLater("im lặng")
        if said.error:
            raise BusinessError(said.error, "kịch bản trả lời không")
        return said.result


class _Answering:
    place = "outside"

    def __init__(self, name: str, desk: Desk) -> None:
        self.name, self._desk = name, desk

    def handle(self, call: Call) -> Mapping[str, object]:
        return self._desk.answer(call)
