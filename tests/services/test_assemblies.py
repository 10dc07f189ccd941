"""Drafting: what an assembly needs before anything of it is stored."""

from dataclasses import replace

import pytest

from tests.world import COUNCIL, Chance, World
from voting.core.motions import Motion
from voting.core.permissions import Act, NotAllowed, Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Genesis
from voting.services import assemblies
from voting.services.assemblies import Draft, Paper
from voting.services.errors import (
    AlreadyThere,
    BadName,
    BodyDiffers,
    ChanceRepeats,
    ContactMissing,
    NoSuchBody,
    NotAPdf,
)
from voting.services.faults import UnsoundDocket


def plan(world: World) -> Draft:
    """The plan of the world's own assembly, under another name."""
    docket = replace(
        world.case.docket, motions=tuple(replace(each, documents=()) for each in world.case.docket.motions)
    )
    return Draft(body="council", slug="2027-06", docket=docket, papers={}, contact="事務局")


def draft(world: World, changed: Draft, role: Role = Role.ADMINISTRATOR) -> str:
    return assemblies.draft(world.rt, world.officer(role), changed)


def test_a_draft_begins_its_ledger_with_the_key_that_signs_it(world: World) -> None:
    world.draft()

    genesis = decode_entry(world.entries()[0]).body

    assert isinstance(genesis, Genesis)
    assert genesis.log_key == world.case.vkey == world.rt.keys.signer(world.origin).vkey
    assert world.rt.anchors.read(world.origin) != b""


def test_a_document_that_is_no_pdf_is_refused_and_nothing_is_stored(world: World) -> None:
    world.draft()
    bad = replace(plan(world), papers={1: (Paper("gian.pdf", b"<html>not a pdf</html>"),)})

    with pytest.raises(NotAPdf):
        draft(world, bad)

    assert [case.origin for case in assemblies.everything(world.rt)] == [world.origin]
    draft(world, plan(world))


def test_a_finished_draft_of_another_name_than_the_registered_body_is_refused(world: World) -> None:
    world.draft()
    docket = plan(world).docket
    other = replace(plan(world), docket=replace(docket, body=replace(docket.body, name="別の協議会")))

    with pytest.raises(BodyDiffers) as refused:
        draft(world, other)

    assert (refused.value.written, refused.value.chosen) == ("別の協議会", docket.body.name)
    assert [case.origin for case in assemblies.everything(world.rt)] == [world.origin]


@pytest.mark.parametrize("contact", ["", " ", "　\n"])
def test_a_finished_draft_that_names_nobody_to_ask_is_refused(world: World, contact: str) -> None:
    world.draft()

    with pytest.raises(ContactMissing):
        draft(world, replace(plan(world), contact=contact))

    assert [case.origin for case in assemblies.everything(world.rt)] == [world.origin]


def test_deemed_approval_without_its_clause_cannot_even_be_drafted(world: World) -> None:
    world.draft()
    rules = replace(COUNCIL, clauses={})

    with pytest.raises(UnsoundDocket) as refused:
        draft(world, replace(plan(world), docket=replace(plan(world).docket, rules=rules)))

    assert [fault.code for fault in refused.value.faults] == ["deemed-without-clause"]


def test_conditions_in_a_circle_are_refused(world: World) -> None:
    world.draft()
    motions = (Motion(1, "一", depends_on=(2,)), Motion(2, "二", depends_on=(1,)))

    with pytest.raises(UnsoundDocket):
        draft(world, replace(plan(world), docket=replace(plan(world).docket, motions=motions)))


def test_a_ledgers_name_is_never_used_twice(world: World) -> None:
    world.draft()

    with pytest.raises(AlreadyThere):
        draft(world, replace(plan(world), slug="2026-06"))


@pytest.mark.parametrize("slug", ["", "2026/06", "総会", "-2026", "UPPER", "a b"])
def test_a_name_that_cannot_stand_in_an_address_is_refused(world: World, slug: str) -> None:
    world.draft()

    with pytest.raises(BadName):
        draft(world, replace(plan(world), slug=slug))


def test_an_organisation_that_is_not_there_holds_no_assembly(world: World) -> None:
    world.draft()

    with pytest.raises(NoSuchBody):
        draft(world, replace(plan(world), body="nobody"))


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_an_administrator_drafts(world: World, role: Role) -> None:
    world.draft()

    with pytest.raises(NotAllowed):
        draft(world, plan(world), role)


def test_attack_a_roll_whose_members_would_share_a_salt_is_not_frozen(world: World) -> None:
    world.draft()
    world.rt = replace(world.rt, token=lambda size: b"\7" * size)

    with pytest.raises(ChanceRepeats):
        world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert world.case.frozen_index is None
    assert len(world.entries()) == 1
    world.rt = replace(world.rt, token=Chance())
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert world.case.frozen_index == 1
