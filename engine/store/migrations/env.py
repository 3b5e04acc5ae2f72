"""Alembic's entry: runs the migrations within the one transaction of our own database object."""

from alembic import context

from engine.store.tables import metadata

database = context.config.attributes["database"]

with database.transaction() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
