"""Procedures from the command line: a group of its own."""

import click

from api.cli.lazy import LazyGroup

_PLACES = {
    "change": "changing:change", "check": "checking:check", "deploy": "deploying:deploy",
    "diff": "comparing:diff", "draw": "drawing:draw", "export": "cataloguing:export_catalogue",
    "impact": "impact:impact", "import": "cataloguing:import_catalogue", "lint": "linting:lint",
    "list": "listing:list_", "open-questions": "searching:questions", "outline": "telling:outline",
    "record": "record:recording", "seal": "sealing:seal", "search": "searching:search_",
    "show": "listing:show",
}  # fmt: skip


@click.group(cls=LazyGroup, places=_PLACES, help="Thủ tục / procedures.")
def procedures() -> None:
    pass
