"""Bringing a database to the newest schema, and asking where it stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.store.database import Database

_HERE = Path(__file__).parent


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["database"] = database
    return config


def create_schema(database: Database) -> None:
    """Run all migrations that this database has not seen. Safe to run again, and by several at once."""
    with database.alone():
        command.upgrade(_config(database), "head")


def is_current(database: Database) -> bool:
    """Whether no migration is missing."""
    head = ScriptDirectory(str(_HERE)).get_current_head()
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
