"""The whole catalogue searched from the command line, and what is still open in it."""

import sys
from pathlib import Path
from typing import Any

import click

from api.cli.shelves import catalogue_command, chosen, print_json, query_of
from engine.errors import MotcuaError
from engine.portfolio.fields import SCOPES
from engine.portfolio.questions import open_questions
from engine.portfolio.search import Hit, search

_MOST = 60  # characters of a value in a line


@catalogue_command("search", "Tìm bước, thủ tục bằng FEEL hoặc lời / search steps by FEEL or plain words.")
@click.argument("text")
def search_(text: str, folder: Path, live: bool, as_json: bool, lang: str) -> None:
    query = said(query_of, text, lang)
    hits = search(chosen(folder, live, lang).table, query)
    if as_json:
        print_json({"asked": text, "feel": query.feel, "found": [one.to_json() for one in hits]})
        return
    click.echo(f"FEEL: {query.feel}")
    for hit in hits:
        click.echo(line(hit, lang))
    steps = sum(one.step is not None for one in hits)
    files = len({one.process for one in hits})
    if lang == "en":
        click.echo(f"{steps} steps, {len(hits) - steps} procedures as a whole; in {files} diagrams")
    else:
        click.echo(f"{steps} bước, {len(hits) - steps} thủ tục; trong {files} sơ đồ")


def line(hit: Hit, lang: str) -> str:
    """One result: procedure, step, why."""
    reasons = "; ".join(_reason(word, value, lang) for word, value in hit.why.items())
    step = f" › «{hit.step_name}» #{hit.step}" if hit.step else ""
    return f"{hit.code} {hit.name}{step}" + (f" — {reasons}" if reasons else "")


def _reason(word: str, value: Any, lang: str) -> str:
    scope, _, name = word.partition(".")
    if not name:
        label = "words" if lang == "en" else "có chữ"
    else:
        field = SCOPES[scope][name]
        label = field.en if lang == "en" else field.vi
    return f"{label}: {_short(value)}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        parts = [_short(one) for one in value]
        text = f"[{len(parts)}] " + ", ".join(parts) if parts else "0"
    elif isinstance(value, dict):
        keys = [key for key in ("document", "article", "label", "name") if value.get(key)]
        text = " ".join(str(value[key]) for key in keys)
    else:
        text = "—" if value is None else str(value)
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


@catalogue_command("open-questions", "Các câu hỏi còn mở / facts that nobody has looked up yet.")
def questions(folder: Path, live: bool, as_json: bool, lang: str) -> None:
    found = open_questions(chosen(folder, live, lang).table)
    total = sum(len(one.questions) for one in found)
    if as_json:
        print_json({"questions": total, "procedures": [one.to_json() for one in found]})
        return
    for one in found:
        click.echo(f"{one.code} {one.name} ({one.file}): {len(one.questions)}")
        for question in one.questions:
            click.echo(f"  - {question}")
    if lang == "en":
        click.echo(f"{total} open questions in {len(found)} diagrams")
    else:
        click.echo(f"{total} câu hỏi còn mở ở {len(found)} sơ đồ")


def said(make: Any, text: str, lang: str) -> Any:
    """What ``make`` makes of a text; what it refuses ends the command in the language that was asked for."""
    try:
        return make(text)
    except MotcuaError as error:
        click.echo(error.message(lang), err=True)
        sys.exit(2)
