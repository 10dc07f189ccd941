"""The shape of the database: brought up to date by Alembic, and checked at start."""

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from voting.resources import migrations
from voting.store.transaction import Database


def upgrade(database: Database) -> None:
    """Bring the database to the newest shape; nothing happens where it has it already."""
    config = _config()
    with database.schema_connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.schema_connection() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision this program was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(migrations()))
    return config
