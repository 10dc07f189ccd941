"""What the tables share: how constraints are named, how instants are kept, how SQLite lays rows out."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Instant = String(24)

# SQLite keeps these in the order of their key, in one tree instead of two: fewer pages to flush a ballot.
IN_TWO_TREES = False


def of_assembly() -> Column[int]:
    """The first column of a table that belongs to an assembly."""
    return Column("assembly", Integer, ForeignKey("assembly.id"), primary_key=True)
