"""Every kind of command with what it does."""

from collections.abc import Callable

from engine.advance import commands
from engine.advance.intervening import cancel, correct, move_token, redo
from engine.advance.migrating import migrate
from engine.advance.repairing import repair
from engine.advance.work import Work
from engine.domain.command import Kind

ACTIONS: dict[Kind, Callable[[Work], None]] = {
    **commands.ACTIONS,
    Kind.REPAIR: repair,
    Kind.MOVE: move_token,
    Kind.REDO: redo,
    Kind.CORRECT: correct,
    Kind.CANCEL: cancel,
    Kind.MIGRATE: migrate,
}
