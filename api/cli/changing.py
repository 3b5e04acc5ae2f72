"""One change to many procedures: shown in words first, then written all or none."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from api.bootstrap import build_services
from api.cli.searching import said
from api.cli.shelves import Chosen, catalogue_command, chosen, print_json, query_of
from api.settings import Settings
from api.sources import read_source
from api.whole import NotWritten, write_whole
from engine.errors import MotcuaError
from engine.portfolio.batch import Outcome, outcome
from engine.portfolio.change import Change, Targets, document_of, law_of, limit_of, role_of, targets_of
from engine.portfolio.query import BadQuery, Query
from engine.portfolio.search import search
from engine.procedures import BundleSource

_SAID = {
    "nothing": ("Không có gì thay đổi.", "Nothing would change."),
    "unsure": ("  ? #{id}: không rõ phải sửa gì, giữ nguyên; xem lại bằng tay.",
               "  ? #{id}: it is not clear what to do, it stays; look at it yourself."),
    "shared": ("  ? {name}: quy trình dùng chung, sửa ở tệp trong shared/.",
               "  ? {name}: a shared process; change its file in shared/."),
    "refused": ("{count} tệp sẽ có lỗi, không ghi gì. Sửa điều kiện chọn hoặc nội dung thay đổi.",
                "{count} files would have errors, nothing was written. Mend the selection or the change."),
    "dry": ("{count} tệp sẽ thay đổi. Thêm --apply để ghi.",
            "{count} files would change. Add --apply to write."),
    "written": ("Đã ghi {count} tệp.", "{count} files were written."),
    "drafted": ("Đã tạo {count} bản thảo, chờ trình và duyệt.", "{count} drafts were made, to be submitted."),
    "moved": ("{file}: tệp vừa được người khác sửa, không ghi gì. Chạy lại.",
              "{file}: somebody changed it meanwhile, nothing was written. Run it again."),
    "who": ("Với --live --apply cần --by TÊN và --reason LÝ DO.",
            "--live --apply needs --by USER and --reason."),
    "steps": ("thay đổi này là của bước, điều kiện lại chọn cả thủ tục. Thêm step.… vào điều kiện.",
              "this changes steps, but procedures are selected. Speak of step.… in the selection."),
    "none": ("chưa nói thay đổi gì. Thêm --limit, --role, --form, --name, --rename, --add-basis, "
             "--replace-law, --add-document.",
             "no change is named. Add --limit, --role, --form, --name, --rename, --add-basis, "
             "--replace-law, --add-document."),
}  # fmt: skip


@catalogue_command("change", "Sửa một lượt nhiều thủ tục, xem trước rồi ghi / one change to many procedures.")
@click.argument("selection")
@click.option("--limit", help="Thời gian của bước, ví dụ «3 ngày làm việc» / time of the step.")
@click.option("--role", help="Vai trò làm bước / who does the step.")
@click.option("--form", help="Mã biểu mẫu của bước / form of the step.")
@click.option("--name", help="Tên bước / name of the step.")
@click.option("--rename", nargs=2, help="Chữ cũ, chữ mới trong tên / old and new piece of names.")
@click.option("--add-basis", help="Thêm căn cứ, ví dụ «NĐ 118/2025/NĐ-CP Điều 18» / add an article.")
@click.option("--replace-law", nargs=2, help="Căn cứ cũ, căn cứ mới / old and new article of law.")
@click.option("--add-document", help="Thêm giấy tờ: «id=…; name=…; original=1» / add to the checklist.")
@click.option("--apply", "apply_", is_flag=True, help="Ghi, không chỉ xem / write it.")
@click.option("--by", help="Với --live: tên đăng nhập / with --live: who drafts.")
@click.option("--reason", default="", help="Với --live: lý do / with --live: why.")
def change(selection: str, folder: Path, live: bool, as_json: bool, lang: str, **options: Any) -> None:
    query = said(query_of, selection, lang)
    wanted = said(lambda _: _wanted(options), selection, lang)
    if live and options["apply_"] and not (options["by"] and options["reason"].strip()):
        _stop("who", lang)
    shelf = chosen(folder, live, lang)
    found, shared = said(lambda _: _found(shelf, query, wanted, selection), selection, lang)
    if as_json:
        told = [one.to_json() for one in found]
        print_json({"feel": query.feel, "files": told, "shared": shared})
    else:
        click.echo(f"FEEL: {query.feel}")
        _tell(found, shared, lang)
    broken = [one for one in found if one.errors]
    if broken:
        _stop("refused", lang, count=len(broken))
    fresh = [one for one in found if one.after != one.before]
    what, done = "dry" if fresh else "nothing", len(fresh)
    if options["apply_"] and fresh:
        what = "drafted" if live else "written"
        done = _draft(shelf, fresh, options, lang) if live else _write(folder, fresh, lang)
    click.echo(_say(what, lang, count=done), err=as_json)


def _found(shelf: Chosen, query: Query, wanted: Change, selection: str) -> tuple[list[Outcome], list[str]]:
    """What the change makes of each file, and the shared processes that live versions leave alone."""
    live = shelf.engine is not None
    hits = search(shelf.table, query)
    if wanted.of_steps and hits and all(hit.step is None for hit in hits):
        raise BadQuery(selection, *_SAID["steps"])
    shared = sorted({hit.name for hit in hits if live and not hit.own})
    targets = targets_of(hit for hit in hits if hit.own or not live)
    return _outcomes(shelf, targets, wanted), shared


def _wanted(options: Mapping[str, Any]) -> Change:
    """The change that the options ask for; raises BadQuery."""
    limit, role, document = (options[name] for name in ("limit", "role", "add_document"))
    basis, law = options["add_basis"], options["replace_law"]
    asked = Change(
        limit=limit_of(limit) if limit is not None else None,
        role=role_of(role) if role is not None else None,
        form=options["form"],
        name=options["name"],
        rename=options["rename"] or None,
        add_basis=law_of(basis, basis)[1] if basis is not None else None,
        law=law_of(*law) if law else None,
        document=document_of(document) if document is not None else None,
    )
    if asked == Change():
        raise BadQuery("change", *_SAID["none"])
    return asked


def _outcomes(shelf: Chosen, targets: Mapping[str, Targets], wanted: Change) -> list[Outcome]:
    handlers = build_services(Settings.from_environment()).handlers.names()
    made = (outcome(file, _source(shelf, file), one, wanted, handlers) for file, one in targets.items())
    return [one for one in made if one is not None]


def _source(shelf: Chosen, file: str) -> BundleSource:
    if shelf.engine is None:
        return read_source(shelf.folder / file)
    return shelf.engine.procedures.source(shelf.engine.procedures.get(file.partition("@")[0]).sha256)


def _tell(found: Sequence[Outcome], skipped: Sequence[str], lang: str) -> None:
    for one in found:
        click.echo(f"{one.file}:")
        for difference in one.differences:
            click.echo(f"  - {difference.en if lang == 'en' else difference.vi}")
        for identity in one.unsure:
            click.echo(_say("unsure", lang, id=identity))
        for error in one.errors:
            click.echo(f"  {'ERROR' if lang == 'en' else 'LỖI'} {error.sentence(lang)}")
    for name in skipped:
        click.echo(_say("shared", lang, name=name))


def _write(folder: Path, found: Sequence[Outcome], lang: str) -> int:
    """All files or none: what was written before a failure is put back."""
    for one in found:
        if (folder / one.file).read_bytes() != one.before:
            _stop("moved", lang, file=one.file)
    written: list[Outcome] = []
    try:
        for one in found:
            write_whole(folder / one.file, one.after)
            written.append(one)
    except NotWritten as error:
        for one in written:
            write_whole(folder / one.file, one.before)
        click.echo(error.message(lang), err=True)
        sys.exit(1)
    return len(written)


def _draft(shelf: Chosen, found: Sequence[Outcome], options: Mapping[str, Any], lang: str) -> int:
    engine = shelf.engine
    if engine is None:
        return 0
    officer = engine.officers.by_username(options["by"])
    reason = f"{options['reason'].strip()} (từ dòng lệnh)"
    try:
        return len(engine.versions.draft_all(officer, [one.source for one in found], reason=reason))
    except MotcuaError as error:
        click.echo(error.message(lang), err=True)
        sys.exit(1)


def _say(what: str, lang: str, **details: object) -> str:
    return _SAID[what][lang == "en"].format(**details)


def _stop(what: str, lang: str, **details: object) -> None:
    click.echo(_say(what, lang, **details), err=True)
    sys.exit(1)
