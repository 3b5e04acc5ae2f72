"""Bars for work of which it is known how much there is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the error stream, told how many of how many; nothing is shown when there is nothing to do."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


@contextmanager
def stepping(
    what: str, total: int, *, hidden: bool, clock: type[ProgressColumn] = TimeElapsedColumn
) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, told each step; nothing anywhere else, and nothing left of it afterwards."""
    console = Console(stderr=True)
    if hidden or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), clock())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
