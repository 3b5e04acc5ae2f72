"""Demo data, made by the real engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.bootstrap import open_engine
from api.demo import people
from api.demo.partners import partners
from api.demo.seeding import COUNT, SEED, Made, NotEmpty, is_needed, make, tracking_codes
from api.settings import Settings
from engine.clock import SystemClock, vietnam
from engine.engine import Engine


@click.command(help="Tạo Trung tâm mẫu: tài khoản, thủ tục, khoảng 300 hồ sơ / make the demo centre.")
@click.option("--count", default=COUNT, type=click.IntRange(12, 5_000), help="Số hồ sơ / dossiers.")
@click.option("--seed", default=SEED, help="Số gieo; cùng số, cùng ngày thì cùng dữ liệu / random seed.")
def seed(count: int, seed: int) -> None:
    settings = Settings.from_environment()
    spool_letters(settings)
    report(make_demo(settings, count=count, seed=seed))
    engine = open_engine(settings)
    click.echo(f"{accounts()}\n{codes(engine)}")
    engine.database.dispose()


def spool_letters(settings: Settings) -> None:
    """Letters of an installation without a mail server are put into its own folder."""
    os.environ.setdefault("MOTCUA_OUTGOING", str(settings.folder / "outgoing"))
    os.environ.setdefault("MOTCUA_PUBLIC_URL", settings.public_url)


def make_demo(settings: Settings, *, count: int = COUNT, seed: int = SEED) -> Made:
    """Make the demo centre while a bar shows how far it is. Raises NotEmpty, Interrupted."""
    if not is_needed(settings):
        raise NotEmpty()
    with partners(messages=False), _bar(count) as show:
        return make(settings, SystemClock().now(), show, count=count, seed=seed)


def report(made: Made) -> None:
    """Print how it went and how fast it was."""
    rate = made.dossiers / made.seconds
    click.echo(f"Đã tạo {made.dossiers} hồ sơ mẫu trong {made.seconds:.0f} giây ({rate:.1f} hồ sơ/giây).")
    for refused in made.refused:
        click.echo(f"  Không thực hiện được: {refused}", err=True)


class _Shown:
    """Moves the bar when a dossier begins or a day passes, not with every step."""

    def __init__(self, bar: Progress, count: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=count)
        self._last: tuple[int, str] = (0, "")

    def __call__(self, begun: int, at: datetime) -> None:
        day = f"{vietnam(at):%d/%m/%Y}"
        if (begun, day) != self._last:
            self._last = (begun, day)
            self._bar.update(self._task, completed=begun, description=day)


@contextmanager
def _bar(count: int) -> Iterator[_Shown]:
    columns = (
        TextColumn("Tạo dữ liệu mẫu, ngày {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield _Shown(bar, count)


def accounts() -> str:
    """The demo's accounts and their one password, as they are printed."""
    centre = [one for one in people.ACCOUNTS if one.agency == people.CENTRE]
    agencies = sorted({one.agency.lower() for one in people.ACCOUNTS} - {people.CENTRE.lower()})
    lines = [f"Tài khoản mẫu, mật khẩu chung: {people.PASSWORD}"]
    lines += [f"  {one.username:<12} {one.name}, {_ROLES[one.role]}" for one in centre]
    lines.append("  chuyenvien.<cơ quan>, truongphong.<cơ quan>, lanhdao.<cơ quan>, vanthu.<cơ quan>")
    lines.append(f"  cơ quan: {', '.join(agencies)}")
    return "\n".join(lines)


_ROLES = {
    "reception": "tiếp nhận", "cashier": "thu phí", "supervisor": "giám sát", "director": "giám đốc",
    "auditor": "kiểm tra", "analyst": "phân tích quy trình", "administrator": "quản trị",
}  # fmt: skip


def codes(engine: Engine) -> str:
    """Three tracking codes to try, as they are printed; empty when this is not the demo centre."""
    if not people.is_complete(engine):
        return ""
    supervisor = engine.officers.by_username("giamsat")
    shown = tracking_codes(engine, supervisor)
    return "\n".join(["Mã tra cứu để thử:", *(f"  {code}  {words}" for code, words in shown)])
