"""Serving the centre: web and heartbeat in one process on SQLite, several web processes on PostgreSQL."""

import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from waitress.server import create_server

from api import logs, wsgi
from api.bootstrap import FOR_THE_WEB, open_engine
from api.cli.counting import counting
from api.cli.seed import accounts, codes, make_demo, report, spool_letters
from api.demo.partners import partners
from api.demo.seeding import is_needed
from api.furnishing import furnish, furnish_with_drafts
from api.scheduler import Heartbeat
from api.settings import Settings
from engine.engine import Engine
from engine.errors import MotcuaError

_THREADS = 8  # of each web process: as many requests at once; more wait in line
_GRACE = 25  # seconds for requests that are being answered when the process is stopped


class PortTaken(MotcuaError):
    """Another program listens there."""

    code = "port-taken"
    vi = "Không mở được {host}:{port} ({why}). Đặt MOTCUA_PORT sang cổng khác hoặc dừng chương trình giữ nó."
    en = "Cannot listen on {host}:{port} ({why}). Set MOTCUA_PORT to another port or stop what uses it."


class OneProcess(MotcuaError):
    """SQLite is for one process."""

    code = "sqlite-one-process"
    vi = "SQLite chỉ dùng cho một tiến trình. Muốn chạy nhiều tiến trình, đặt MOTCUA_DATABASE là PostgreSQL."
    en = "SQLite is for one process. For several workers set MOTCUA_DATABASE to a PostgreSQL database."


@click.command(help="Chạy Motcua / serve the pages, the JSON interface and the heartbeat.")
@click.option("--demo", is_flag=True, help="Tạo Trung tâm mẫu khi cơ sở dữ liệu trống / demo centre.")
@click.option(
    "--catalogue",
    type=click.Choice(["library", "full"]),
    default="library",
    help="full: thêm bản thảo của mọi dòng trong catalogue.csv / and drafts of the rest.",
)
@click.option("--workers", default=1, type=click.IntRange(1, 64), help="Số tiến trình web / web processes.")
@click.option("--threads", default=_THREADS, type=click.IntRange(1, 64), help="Số luồng mỗi tiến trình.")
@click.option("--no-heartbeat", is_flag=True, help="Đồng hồ hệ thống chạy riêng bằng «motcua heartbeat».")
def run(demo: bool, catalogue: str, workers: int, threads: int, no_heartbeat: bool) -> None:
    settings = Settings.from_environment()
    if workers > 1 and settings.database.startswith("sqlite"):
        raise OneProcess()
    logs.configure()
    spool_letters(settings)
    with _bound(settings) as door:  # before minutes of seeding, not after
        if demo and is_needed(settings):
            report(make_demo(settings))
        with partners(messages=True) if demo else nullcontext():
            engine = open_engine(settings, patience=FOR_THE_WEB)
            _bring_in(engine, whole=catalogue == "full")
            beating = None if no_heartbeat else Heartbeat(_apart(settings, engine))
            click.echo(_greeting(settings, engine, demo))
            with _beating(beating):
                if workers == 1:
                    _serve(settings, engine, beating, door, threads)
                else:
                    door.close()
                    _serve_by_workers(settings, workers, threads)
            engine.database.dispose()
    click.echo("Đã dừng.")


def _bring_in(engine: Engine, *, whole: bool) -> None:
    """Procedures that are missing, while a bar shows how many are in."""
    with counting("Đưa thủ tục vào") as show:
        deployed = (furnish_with_drafts if whole else furnish)(engine, show)
    if deployed:
        click.echo(f"Đã triển khai {len(deployed)} thủ tục.")


def _apart(settings: Settings, engine: Engine) -> Engine:
    """The heartbeat's engine: links of its own, so that no crowd of requests takes them away.

    On SQLite there is one writer at a time, whoever it is: nothing to keep apart.
    """
    if engine.database.dialect != "postgresql":
        return engine
    return open_engine(settings, migrate=False)


@contextmanager
def _bound(settings: Settings) -> Iterator[socket.socket]:
    """The port of the settings, taken but not yet open. Raises PortTaken."""
    try:
        [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )
        door = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PortTaken(host=settings.host, port=settings.port, why=error.strerror) from error
    with door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(address)
        except OSError as error:
            raise PortTaken(host=settings.host, port=settings.port, why=error.strerror) from error
        yield door


def _greeting(settings: Settings, engine: Engine, demo: bool) -> str:
    lines = [f"Motcua: {settings.public_url} (Ctrl+C để dừng)"]
    if demo and (shown := codes(engine)):
        lines += [accounts(), shown]
    elif not engine.officers.everybody():
        lines.append("Chưa có cán bộ nào. Thêm bằng: motcua officers add, rồi motcua officers post.")
    return "\n".join(lines)


@contextmanager
def _beating(heartbeat: Heartbeat | None) -> Iterator[None]:
    if heartbeat is None:
        yield
        return
    heartbeat.start()
    try:
        yield
    finally:
        heartbeat.stop()


def _serve(
    settings: Settings, engine: Engine, heartbeat: Heartbeat | None, door: socket.socket, threads: int
) -> None:
    """Serve in this process until SIGTERM or Ctrl+C; requests that are being answered are finished."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting in line is no fault
    server = create_server(
        wsgi.build(settings, engine, heartbeat),
        sockets=[door],
        threads=threads,
        # Whose word counts on where a request came from is said by MOTCUA_PROXIES.
        clear_untrusted_proxy_headers=not settings.proxies,
        ident=None,
    )
    signal.signal(signal.SIGTERM, _leave)
    server.run()
    server.task_dispatcher.shutdown(cancel_pending=False, timeout=_GRACE)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _serve_by_workers(settings: Settings, workers: int, threads: int) -> None:
    """Serve in worker processes that granian watches over; it ends them at SIGTERM and Ctrl+C.

    When one dies twice within seconds it gives up, with exit code 1: its keeper starts it anew.
    """
    Granian(
        "api.wsgi:create",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=threads,
        workers_kill_timeout=_GRACE,
        respawn_failed_workers=True,
        respawn_interval=0.5,  # seconds
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
