"""What a change of law touches, told from the law down to the dossiers."""

from pathlib import Path

import click

from api.cli.searching import said
from api.cli.shelves import catalogue_command, chosen, print_json
from engine.portfolio.impact import Touch, Touched, law_asked
from engine.portfolio.impact import impact as found_in

_WHAT = {
    "element": ("bước", "element"),
    "procedure": ("cả thủ tục", "the procedure"),
    "document": ("giấy tờ", "document"),
    "fee": ("phí, lệ phí", "fee"),
    "source": ("nguồn", "source"),
    "form": ("biểu mẫu", "form"),
}


@catalogue_command("impact", "Văn bản thay đổi ảnh hưởng đến đâu / what a change of law touches.")
@click.argument("law")
def impact(law: str, folder: Path, live: bool, as_json: bool, lang: str) -> None:
    asked = said(law_asked, law, lang)
    shelf = chosen(folder, live, lang)
    found = found_in(shelf.table, asked, shelf.engine.procedures.running() if shelf.engine else None)
    if as_json:
        print_json({"law": law, "totals": _totals(found), "touched": [one.to_json() for one in found]})
        return
    for one in found:
        click.echo(_head(one, lang))
        for touch in one.touches:
            click.echo(_line(touch, lang))
        for process in one.through:
            click.echo(f"  {'through' if lang == 'en' else 'qua'} {process}")
    click.echo(_sum(found, lang))


def _head(one: Touched, lang: str) -> str:
    where = one.file if one.own else f"{one.file}, {'shared' if lang == 'en' else 'dùng chung'}"
    text = f"{one.code} {one.name} ({where})"
    if one.running is None:
        return text
    return f"{text}: {one.running} {'running dossiers' if lang == 'en' else 'hồ sơ đang giải quyết'}"


def _line(touch: Touch, lang: str) -> str:
    what = _WHAT[touch.what][lang == "en"]
    name = f" «{touch.name}» #{touch.id}" if touch.id else f" «{touch.name}»" if touch.name else ""
    law = "" if touch.law in ("", touch.name) else f": {touch.law}"
    unsure = " (no article is named)" if lang == "en" else " (không ghi điều, khoản)"
    return f"  {what}{name}{law}" + (unsure if touch.whole and touch.what in ("element", "procedure") else "")


def _totals(found: list[Touched]) -> dict[str, int | None]:
    counted: dict[str, set[tuple[str, str]]] = {what: set() for what in _WHAT}
    for one in found:
        for touch in one.touches:
            # A form is one however many procedures show it.
            counted[touch.what].add((touch.law if touch.what == "form" else one.file, touch.id or touch.name))
    running = [one.running for one in found if one.running is not None]
    return {
        "procedures": sum(one.own for one in found),
        "shared": sum(not one.own for one in found),
        "elements": len(counted["element"]),
        "documents": len(counted["document"]) + len(counted["fee"]),
        "forms": len(counted["form"]),
        "running": sum(running) if running else None,
    }


def _sum(found: list[Touched], lang: str) -> str:
    totals = _totals(found)
    vi = "{procedures} thủ tục, {shared} dùng chung; {elements} bước, {documents} giấy tờ, {forms} mẫu"
    en = "{procedures} procedures, {shared} shared; {elements} elements, {documents} documents, {forms} forms"
    text = (en if lang == "en" else vi).format(**totals)
    if totals["running"] is None:
        return text
    return f"{text}, {totals['running']} {'running dossiers' if lang == 'en' else 'hồ sơ đang giải quyết'}"
