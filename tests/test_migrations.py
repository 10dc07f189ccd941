"""The migrations lead to exactly the tables the program was written for, and leave the ledger alone."""

import ast
import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from voting.resources import migrations
from voting.store.schema import current, newest, upgrade
from voting.store.tables import metadata
from voting.store.transaction import Database

VERSIONS = sorted((migrations() / "versions").glob("[0-9]*.py"))
LEDGER = ("ledger_head", "ledger_entry", "checkpoint")
# What a migration may say about the ledger's tables: create them, index them, guard them. Nothing else;
# a batch_alter_table is worst of all, on SQLite it copies the rows and forgets the triggers.
_ROWS = r"\b(?:UPDATE(?!\s+ON)|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|REPLACE\s+INTO|DROP\s+TABLE|ALTER\s+TABLE)"
_CALLS = r"\b(?:batch_alter_table|drop_table|drop_column|alter_column|rename_table|bulk_insert|update|delete)"
_NAME = rf"(?:{'|'.join(LEDGER)})\b"
TOUCHES_LEDGER = re.compile(
    rf"""(?ix)
    {_ROWS} \s+ ["']? {_NAME}
    | {_CALLS} \( \s* ["']? {_NAME}
    | \b {_NAME} \. (?:update|delete|drop) \(
    | \b DROP \s+ (?:TRIGGER|FUNCTION) \b
    | \b DISABLE \s+ TRIGGER \b
    """
)


@pytest.fixture
def empty(database_url):
    database = Database(database_url)
    yield database
    database.close()


def config(connection) -> Config:
    found = Config()
    found.set_main_option("script_location", str(migrations()))
    found.attributes["connection"] = connection
    return found


def imports(source: str) -> set[str]:
    """The top-level packages a module imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else (node.module or "").partition(".")[0])
    return found


def shape(database) -> list[tuple[object, ...]]:
    """Everything the database says about its own tables, indices and triggers."""
    own = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    theirs = (
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " UNION ALL SELECT indexname::text, tablename::text, indexdef, '' FROM pg_indexes"
        " WHERE schemaname = 'public'"
        " UNION ALL SELECT event_object_table::text, trigger_name::text, event_manipulation::text,"
        " action_statement::text FROM information_schema.triggers ORDER BY 1, 2, 3, 4"
    )
    with database.reading() as tx:
        return tx.all(text(own if database.is_sqlite else theirs))


def test_an_empty_database_has_no_revision_and_an_upgraded_one_the_newest(empty):
    assert current(empty) is None

    upgrade(empty)

    assert current(empty) == newest() is not None


def test_the_migrations_lead_to_exactly_the_tables_of_the_program(empty):
    upgrade(empty)

    with empty.schema_connection() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_comparison_with_the_tables_would_see_a_missing_one(empty):
    upgrade(empty)

    with empty.schema_connection() as connection:
        connection.execute(text("DROP TABLE publication"))
        found = compare_metadata(MigrationContext.configure(connection), metadata)

    assert [each[0] for each in found] == ["add_table"]


def test_upgrading_a_second_time_changes_nothing(empty):
    upgrade(empty)
    before = shape(empty)

    upgrade(empty)

    assert shape(empty) == before
    assert len(before) > len(metadata.tables)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty):
    with empty.transaction() as tx:
        # In the way of one of the last tables that the first migration makes.
        tx.run(text("CREATE TABLE credential (foreign_to_us INTEGER)"))
    before = shape(empty)

    with pytest.raises(Exception, match="credential"):
        upgrade(empty)

    assert shape(empty) == before
    assert current(empty) is None


def test_head_names_the_newest_file_so_that_two_new_ones_collide_in_git():
    assert (migrations() / "HEAD").read_text() == newest() + "\n"
    assert VERSIONS[-1].name.startswith(f"{newest()}_")


def test_the_files_form_one_line_in_the_order_of_their_names():
    script = ScriptDirectory.from_config(config(None))
    line = [each.revision for each in reversed(list(script.walk_revisions()))]

    assert len(script.get_heads()) == 1
    assert line == [each.name.partition("_")[0] for each in VERSIONS]
    assert line == [f"{number:04}" for number in range(1, len(line) + 1)]


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_knows_nothing_of_the_program_of_today(file):
    assert imports(file.read_text("utf-8")) <= {"sqlalchemy", "alembic", "json", "datetime"}


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_has_no_way_back_because_a_backup_is_the_way_back(file):
    names = {each.name for each in ast.walk(ast.parse(file.read_text("utf-8"))) if hasattr(each, "name")}

    assert "upgrade" in names
    assert "downgrade" not in names


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_touches_no_row_of_the_ledger(file):
    assert TOUCHES_LEDGER.search(file.read_text("utf-8")) is None


@pytest.mark.parametrize(
    "line",
    [
        'op.execute("UPDATE ledger_entry SET entry = 1")',
        'op.execute("delete from checkpoint where size = 1")',
        'op.execute("TRUNCATE ledger_entry")',
        'with op.batch_alter_table("ledger_entry") as batch:',
        'op.drop_column(\n        "checkpoint", "note")',
        "op.execute(ledger_entry.update().values(entry=b''))",
        "op.execute(sa.delete(checkpoint))",
        'op.execute("DROP TRIGGER ledger_entry_no_update")',
        'op.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")',
    ],
)
def test_a_migration_that_did_would_be_caught(line):
    assert TOUCHES_LEDGER.search(line) is not None


@pytest.mark.parametrize("revision", [file.name.partition("_")[0] for file in VERSIONS])
def test_a_ledger_written_at_any_earlier_shape_is_the_same_and_guarded_after_the_upgrade(empty, revision):
    rows = (
        "INSERT INTO body (slug, name, kind) VALUES ('b', '架空協議会', 'voluntary')",
        "INSERT INTO assembly (id, origin, body, contact, disclosure, vkey, docket, created_at)"
        " VALUES (1, 'o', 'b', '', 'L1', '-', '{}', '-')",
        "INSERT INTO ledger_entry (assembly, idx, leaf_hash, entry) VALUES (1, 0, :leaf, :entry)",
        "INSERT INTO checkpoint (assembly, size, note) VALUES (1, 1, :note)",
    )
    values = {"leaf": b"\x00\xff" * 16, "entry": b'{"index":0}', "note": b"o\n1\n"}
    with empty.schema_connection() as connection:
        command.upgrade(config(connection), revision)
    with empty.transaction() as tx:
        for row in rows:
            tx.run(text(row), **values)

    upgrade(empty)

    with empty.reading() as tx:
        entry = tx.one(text("SELECT assembly, idx, leaf_hash, entry FROM ledger_entry"))
        note = tx.one(text("SELECT assembly, size, note FROM checkpoint"))
    assert entry == (1, 0, values["leaf"], values["entry"])
    assert note == (1, 1, values["note"])
    for table in ("ledger_entry", "checkpoint"):
        with pytest.raises(Exception, match="append-only"), empty.transaction() as tx:
            tx.run(text(f"DELETE FROM {table}"))


def test_the_migrations_lie_where_the_program_looks_for_them():
    assert migrations() == Path(__file__).resolve().parent.parent / "migrations"
    assert VERSIONS
