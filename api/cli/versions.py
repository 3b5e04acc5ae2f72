"""A version's way from draft to live, from the command line, each act in the name of an officer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from api.bootstrap import open_engine
from api.cli.findings import print_findings
from api.cli.given_file import GivenFile
from api.settings import Settings
from api.sources import read_source
from engine.clock import vietnam
from engine.domain.actor import OfficerActor
from engine.domain.version import ACT_NAMES, STATE_NAMES, Act, State
from engine.engine import Engine
from engine.procedures import BundleRefused, ProcedureVersion
from engine.versions import Versions

# Whoever holds the machine may act for an officer; history says from where it was done.
_FROM_HERE = "(từ dòng lệnh)"
_BY = click.option("--by", "username", required=True, help="Tên đăng nhập của người làm / who does it.")


@click.group(help="Phiên bản thủ tục: soạn, trình, duyệt, áp dụng / versions, by two persons.")
def versions() -> None:
    pass


@versions.command(help="Lưu tệp thành bản thảo / keep a file as a draft.")
@click.argument("file", type=GivenFile())
@_BY
@click.option("--reason", required=True, help="Thay đổi gì, vì sao / what changes and why.")
def draft(file: Path, username: str, reason: str) -> None:
    engine, officer = _opened(username)
    try:
        version = engine.versions.draft(officer, read_source(file), reason=_said(reason))
    except BundleRefused as refused:
        print_findings(file, refused.findings, "vi")
        raise SystemExit(1) from None
    _tell(version)


@versions.command(name="list", help="Các bản và nhật ký của một thủ tục / versions and their history.")
@click.argument("code")
def list_(code: str) -> None:
    engine = open_engine(Settings.from_environment())
    for version in engine.procedures.versions(code):
        _tell(version)
    for act in engine.versions.acts(code):
        click.echo(
            f"  v{act.number} {vietnam(act.at):%H:%M %d/%m/%Y} {ACT_NAMES[Act(act.act)][0]}, {act.by_name}"
            f", gói {act.sha256[:12]}: {act.reason}"
        )


@versions.command(help="Khác bản đang áp dụng (hoặc --against) thế nào / what a version changes.")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--against", type=int, help="Số của bản so với / number of the other version.")
def diff(code: str, number: int, against: int | None) -> None:
    engine = open_engine(Settings.from_environment())
    found = engine.versions.differences(code, number, against)
    for one in found:
        click.echo(f"  - {one.vi}")
    if not found:
        click.echo("Không có gì khác.")


def _command(name: str, what: str, option: str, act: Callable[..., ProcedureVersion]) -> None:
    """One act as a command: CODE NUMBER --by USER --reason TEXT."""

    @versions.command(name=name, help=what)
    @click.argument("code")
    @click.argument("number", type=int)
    @_BY
    @click.option(f"--{option}", "text", default="", help="Lý do, hoặc số và ngày quyết định / reason.")
    def run(code: str, number: int, username: str, text: str) -> None:
        engine, officer = _opened(username)
        words: dict[str, Any] = {option: _said(text) if text.strip() else ""}
        _tell(act(engine.versions, officer, code, number, **words))


_command("submit", "Trình duyệt bản thảo / submit a draft.", "reason", Versions.submit)
_command("approve", "Phê duyệt: người khác / approve: another person.", "decision", Versions.approve)
_command("give-back", "Trả lại để sửa / give back.", "reason", Versions.give_back)
_command("release", "Đưa vào áp dụng / bring live.", "reason", Versions.release)
_command("retire", "Ngừng áp dụng, bỏ bản / retire, give up.", "reason", Versions.retire)


def _opened(username: str) -> tuple[Engine, OfficerActor]:
    engine = open_engine(Settings.from_environment())
    return engine, engine.officers.by_username(username)


def _said(text: str) -> str:
    return f"{text.strip()} {_FROM_HERE}"


def _tell(version: ProcedureVersion) -> None:
    click.echo(
        f"{version.code} v{version.number} {STATE_NAMES[State(version.state)][0]}, "
        f"gói {version.sha256[:12]}: {version.name}"
    )
