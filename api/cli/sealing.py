"""Sealing the library after its procedures were changed: everything is checked once more, then noted."""

import sys

import click

from api.bootstrap import PROCESSES, build_services
from api.cli.findings import print_findings
from api.furnishing import diagrams
from api.seal import SEAL, write_seal
from api.settings import Settings
from api.sources import read_source
from engine.errors import MotcuaError
from engine.portfolio.lint import codes_twice
from engine.procedures import BundleRefused, compile_bundle


@click.command(help="Kiểm tra cả thư viện rồi ghi dấu vào checked.txt / check the library, then seal it.")
def seal() -> None:
    names = build_services(Settings.from_environment()).handlers.names()
    files = list(diagrams())
    found: list[tuple[str, str]] = []
    refused = 0
    with click.progressbar(files, label="Kiểm tra", file=sys.stderr) as bar:
        for file in bar:
            try:
                bundle = compile_bundle(read_source(file), handlers=names)
                found.append((bundle.procedure.code, bundle.sha256))
            except BundleRefused as error:
                refused += 1
                print_findings(file, error.findings, "vi")
            except MotcuaError as error:
                refused += 1
                click.echo(f"{file}: {error.message('vi')}")
    for later, earlier, code in codes_twice((sha256, code) for code, sha256 in found):
        refused += 1
        click.echo(f"Mã thủ tục {code} có ở hai sơ đồ (gói {earlier[:12]} và {later[:12]}).")
    if refused:
        sys.exit(f"{refused} quy trình còn lỗi, chưa ghi dấu. Sửa theo gợi ý ở trên rồi chạy lại.")
    write_seal(found)
    click.echo(f"Đã kiểm tra {len(found)} quy trình, ghi vào {SEAL.relative_to(PROCESSES.parent)}.")
