"""Accounts and posts of officers, by whoever holds the machine: the first administrator begins here."""

import sys
from datetime import date

import click

from api.bootstrap import open_engine
from api.settings import Settings
from engine.clock import SystemClock, vietnam
from engine.domain.permission import TABLE
from engine.engine import Engine
from engine.errors import Invalid, NotFound

ROLES = sorted({role for rules in TABLE.values() for rule in rules for role in rule.roles})


@click.group(help="Tài khoản cán bộ / officers' accounts.")
def officers() -> None:
    pass


def _engine() -> Engine:
    return open_engine(Settings.from_environment())


def _password() -> str:
    """Asked for twice at a terminal, else the first line of standard input; never an argument."""
    if sys.stdin.isatty():
        return str(click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu"))
    return sys.stdin.readline().rstrip("\r\n")


@officers.command(help="Thêm tài khoản; mật khẩu được hỏi hoặc đọc từ stdin / add an account.")
@click.argument("username")
@click.argument("name")
def add(username: str, name: str) -> None:
    _engine().officers.add(username, name, _password())
    click.echo(f"Đã thêm {username}. Phân công bằng: motcua officers post {username} ROLE AGENCY --paper ...")


@officers.command(help="Phân công vai trò tại cơ quan, theo quyết định / post an officer.")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("agency")
@click.option("--paper", required=True, help="Số và ngày của quyết định / the decision.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Từ ngày, năm-tháng-ngày; mặc định hôm nay.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Đến hết ngày, năm-tháng-ngày.")
@click.option("--place", default="", help="Nơi ngồi làm việc, ví dụ Quầy số 3 / counter.")
def post(
    username: str, role: str, agency: str, paper: str, since: date | None, until: date | None, place: str
) -> None:
    engine = _engine()
    if agency not in {one.code for one in engine.officers.agencies()}:
        raise NotFound(what=f"cơ quan {agency}")
    first = _day(since) or vietnam(SystemClock().now()).date()
    last = _day(until)
    if last is not None and last < first:
        raise Invalid({"until": ("Ngày kết thúc đứng trước ngày bắt đầu.", "The end is before the start.")})
    engine.officers.post(
        engine.officers.by_username(username).officer_id,
        role=role, agency=agency, paper=paper, valid_from=first, valid_to=last, place=place,
    )  # fmt: skip
    click.echo(f"Đã phân công {username}: {role} tại {agency} từ {first:%d/%m/%Y}.")


def _day(moment: date | None) -> date | None:
    return date(moment.year, moment.month, moment.day) if moment else None


@officers.command(help="Khóa tài khoản, kết thúc mọi phiên / close an account.")
@click.argument("username")
def disable(username: str) -> None:
    _engine().officers.close(username)
    click.echo(f"Đã khóa {username}.")


@officers.command(help="Đặt lại mật khẩu; được hỏi hoặc đọc từ stdin / set a password.")
@click.argument("username")
def password(username: str) -> None:
    _engine().officers.set_password(username, _password())
    click.echo(f"Đã đổi mật khẩu của {username}.")


@officers.command(name="list", help="Các tài khoản và phân công hiện nay / accounts and present posts.")
def list_() -> None:
    for account in _engine().officers.everybody():
        officer = account.officer
        posts = ", ".join(f"{one.role} {one.agency}" for one in officer.postings) or "chưa phân công"
        state = f" (khóa {vietnam(account.disabled_at):%d/%m/%Y})" if account.disabled_at else ""
        click.echo(f"{officer.username:<20} {officer.name}: {posts}{state}")
