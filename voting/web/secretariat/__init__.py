"""The secretariat's part: the office behind a password and a second factor.

A module of views is imported here, so that its addresses exist.  How one writes a page: docs/office.md.
"""

from voting.web.secretariat import (
    after_closing,
    amending,
    assemblies,
    bodies,
    certifying,
    deliveries,
    facts,
    incidents,
    me,
    member,
    members,
    officers,
    paper_entry,
    papers,
    participation,
    queue,
    reissuing,
    reminders,
    roll_import,
    sign_in,
)
from voting.web.secretariat.blueprint import secretariat

__all__ = [
    "after_closing",
    "amending",
    "assemblies",
    "bodies",
    "certifying",
    "deliveries",
    "facts",
    "incidents",
    "me",
    "member",
    "members",
    "officers",
    "paper_entry",
    "papers",
    "participation",
    "queue",
    "reissuing",
    "reminders",
    "roll_import",
    "secretariat",
    "sign_in",
]
