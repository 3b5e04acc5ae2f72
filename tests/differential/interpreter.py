"""What must be open, told by the blocks themselves. Shares no code and no idea with the engine: no tokens."""

from collections.abc import Mapping

from tests.differential.models import Block, Choice, Inclusive, Loop, Parallel, Sequence, Task

Answers = Mapping[str, bool]


class Running:
    """One block under way; over when nothing is open in it any more."""

    def __init__(self, block: Block, answers: Answers) -> None:
        self._block = block
        self._place = 0
        self._inside: list[Running] = []
        self._waiting = isinstance(block, Task)
        if isinstance(block, Sequence):
            self._go_on(answers)
        elif isinstance(block, Loop):
            self._inside = [Running(block.body, answers)]
        elif not isinstance(block, Task):
            self._inside = [Running(branch, answers) for branch in _taken(block, answers)]

    @property
    def open(self) -> list[str]:
        """Names of the open tasks."""
        own = [self._block.name] if isinstance(self._block, Task) and self._waiting else []
        return own + [name for part in self._inside for name in part.open]

    @property
    def over(self) -> bool:
        return not self.open

    def finish(self, name: str, answers: Answers) -> bool:
        """Finish an open task in here; False when it is not in here."""
        if isinstance(self._block, Task):
            if not (self._waiting and self._block.name == name):
                return False
            self._waiting = False
            return True
        if not any(part.finish(name, answers) for part in self._inside):
            return False
        if self.over:
            self._go_on(answers)
        return True

    def _go_on(self, answers: Answers) -> None:
        """What was under way is over: the next part of a sequence, another turn of a loop."""
        if isinstance(self._block, Loop) and answers[self._block.name]:
            self._inside = [Running(self._block.body, answers)]
        while isinstance(self._block, Sequence) and self.over and self._place < len(self._block.parts):
            self._inside = [Running(self._block.parts[self._place], answers)]
            self._place += 1


def _taken(block: Choice | Parallel | Inclusive, answers: Answers) -> tuple[Block, ...]:
    if isinstance(block, Parallel):
        return block.branches
    true = [place for place, name in enumerate(block.names) if answers[name]]
    chosen = true[:1] if isinstance(block, Choice) else true
    return tuple(block.branches[place] for place in chosen) or block.branches[-1:]
