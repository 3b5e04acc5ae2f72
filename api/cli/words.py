"""The words of ours in diagrams as JSON, for other programs."""

import json
import sys
from pathlib import Path

import click
import orjson
from jsonschema import Draft202012Validator

from api.bootstrap import PROCESSES
from api.cli.given_file import GivenFile
from engine.given import given
from engine.words import words_in

SCHEMA = PROCESSES / "motcua.schema.json"


@click.command(
    help="Các từ motcua của sơ đồ dưới dạng JSON, mỗi phần tử một dòng / our words as lines of JSON."
)
@click.argument("files", nargs=-1, required=True, type=GivenFile())
def words(files: tuple[Path, ...]) -> None:
    """Prints every element that bears words; exit code 1 when some do not follow motcua.schema.json."""
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    wrong = 0
    for file in files:
        for element in words_in(file.name, given(file)):
            click.echo(orjson.dumps({"file": str(file), **element}).decode())
            for error in schema.iter_errors(element):
                wrong += 1
                where = ".".join(str(one) for one in error.absolute_path)
                click.echo(
                    f"{file} «{element['id']}»: {where} không theo {SCHEMA.name}, sửa theo"
                    f" docs/reference/words.vi.md / does not follow the schema: {error.message}",
                    err=True,
                )
    sys.exit(1 if wrong else 0)
