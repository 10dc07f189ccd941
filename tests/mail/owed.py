"""Mails that are owed, the tick that sends them, and what then lies in the outbox."""

from sqlalchemy import text

from voting.core.permissions import Act, Role
from voting.services import schedule

START = "2026-05-20 10:00"
_ROWS = text(
    "SELECT member_id, secret, sent_at IS NOT NULL, failed_at IS NOT NULL, attempts, error"
    " FROM outbox ORDER BY member_id"
)
_IDS = text("SELECT message_id FROM outbox ORDER BY member_id")


def owe(world, *, size=3, roll_of=None):
    """Issue the ballots of an assembly; their mails are owed and not yet sent."""
    world.at(START)
    world.draft(size=size, roll_of=roll_of)
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)


def tick(world, at=START):
    """What ``voting tick`` does about mails: how many were sent, how many given up."""
    world.at(at)
    return schedule.send_mails(world.rt, limit=1000)


def rows(world):
    """Of each mail: member, code, whether sent, whether given up, attempts, error."""
    with world.rt.database.reading() as tx:
        return tx.all(_ROWS)


def ids(world):
    """The Message-IDs of all mails owed, by member."""
    with world.rt.database.reading() as tx:
        return [row[0] for row in tx.all(_IDS)]


def codes(world):
    """The codes that still lie in the outbox."""
    return [row[1] for row in rows(world) if row[1] is not None]
