"""The secretariat's part: the office behind a password and a second factor.

A module of views is imported here, so that its addresses exist.  How one writes a page: docs/office.md.
"""

from voting.web.secretariat import (
    after_closing,
    amending,
    assemblies,
    bodies,
    certifying,
    contacts,
    deliveries,
    errata_letter,
    facts,
    incidents,
    letterhead,
    me,
    member,
    members,
    minutes,
    officers,
    paper_entry,
    papers,
    participation,
    prints,
    questions,
    queue,
    reissuing,
    reminders,
    retention,
    roll_import,
    sign_in,
)
from voting.web.secretariat import new_assembly as new_assembly
from voting.web.secretariat import plan as plan
from voting.web.secretariat import plan_documents as plan_documents
from voting.web.secretariat import plan_motions as plan_motions
from voting.web.secretariat import plan_preview as plan_preview
from voting.web.secretariat import plan_rules as plan_rules
from voting.web.secretariat.blueprint import secretariat

__all__ = [
    "after_closing",
    "amending",
    "assemblies",
    "bodies",
    "certifying",
    "contacts",
    "deliveries",
    "errata_letter",
    "facts",
    "incidents",
    "letterhead",
    "me",
    "member",
    "members",
    "minutes",
    "officers",
    "paper_entry",
    "papers",
    "participation",
    "prints",
    "questions",
    "queue",
    "reissuing",
    "reminders",
    "retention",
    "roll_import",
    "secretariat",
    "sign_in",
]
