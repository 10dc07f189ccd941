"""What the tests of drafts share: a draft without anything, changes to it, and PDFs."""

import io
from dataclasses import replace

import pikepdf

from tests.world import World
from voting.core.assembly import Body
from voting.core.permissions import Role
from voting.core.rules import BodyKind
from voting.services.drafting import draft_starts, drafts
from voting.services.drafting.draft_starts import Beginning
from voting.services.drafting.drafts import BASICS, Content, content_of
from voting.services.register import rolls
from voting.store import assemblies

CONTACT = "架空協議会事務局 電話000-0000-0000"


def pdf(pages: int = 2, *, title: str = "") -> bytes:
    """A PDF; another *title* makes another file."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.docinfo["/Title"] = title
        content = io.BytesIO()
        made.save(content, deterministic_id=True)
    return content.getvalue()


def begin(world: World, *, slug: str = "2026-07", preset: str = "", kind: BodyKind | None = None) -> str:
    """A draft with a title alone; with *kind* in a body of its own."""
    administrator, body = world.officer(Role.ADMINISTRATOR), "council"
    if kind is not None:
        body = "other"
        rolls.add_body(world.rt, administrator, body, Body("架空法人", kind))
    found = Beginning(body, slug, CONTACT, "L1")
    return draft_starts.from_nothing(world.rt, administrator, found, title="臨時総会", preset=preset)


def content(world: World, origin: str) -> Content:
    with world.rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        assert case is not None
        return content_of(tx, case)


def seen(world: World, origin: str, part: str = BASICS) -> str:
    return drafts.seen(content(world, origin), part)


def rename(title: str) -> drafts.Change:
    """The change that a form of the title makes."""

    def change(tx: object, before: Content) -> Content:
        assembly = replace(before.docket.assembly, title=title)
        return replace(before, docket=replace(before.docket, assembly=assembly))

    return change
