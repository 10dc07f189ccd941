"""The files of a bundle: their places, their order, and what is withheld from whom."""

import json
from hashlib import sha256

from tests.ledger.story import Story, digest, mc, salt, whole_story
from voting.ledger.bundle_files import (
    NamedMember,
    Opening,
    Parts,
    Person,
    bundle,
    files_of,
    note_text,
    signed,
)
from voting.ledger.commitments import IssuedLeaf, RollLeaf, person_commitment
from voting.ledger.note import open_note

CLERK = Person("entry-1", "入力 花子", "entry", salt("clerk"))


def parts(story: Story, **more: object) -> Parts:
    members = ("M0001", "M0002", "M0003", "M0004")
    facts: dict[str, object] = {
        "origin": story.origin,
        "vkey": story.signer.vkey,
        "entries": story.data,
        "checkpoints": {size: story.checkpoint(size) for size in (1, 5, len(story.data))},
        "docket": b"{}",
        "documents": [b"%PDF-1.7 one"],
        "roll": [RollLeaf("", mc(each), "1") for each in members],
        "names": [NamedMember(each, mc(each), f"{each}村", salt(each)) for each in members],
        "issued": [[IssuedLeaf("key", "K0", mc(each)) for each in members]],
        "deemed": [bytes.fromhex(mc("M0004"))],
        "openings": [
            Opening(index, ballot, ballot_salt)
            for index, (_, ballot, ballot_salt, _) in story.openings.items()
            if ballot is not None
        ],
        "persons": [CLERK],
        "result": b"{}",
        "papers": [("result.pdf", b"%PDF first"), ("result.pdf", b"%PDF second")],
    }
    return Parts(**{**facts, **more})


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


def test_every_file_has_its_place() -> None:
    story = whole_story()

    files = files_of(parts(story, dockets=[b"{ }"], timestamps={5: b"0"}), audience="auditor")

    size = len(story.data)
    assert sorted(files) == sorted(
        [
            "log.vkey",
            "docket.json",
            f"dockets/{digest('{ }')}",
            "roll/public.jsonl",
            "roll/private.jsonl",
            "issued.jsonl",
            "delivery.jsonl",
            "deemed.jsonl",
            "openings.jsonl",
            "persons.jsonl",
            "result.json",
            "checkpoint",
            "checkpoints/1",
            "checkpoints/5",
            f"checkpoints/{size}",
            f"tile/0/000.p/{size}",
            f"tile/entries/000.p/{size}",
            "timestamps/5.tsr",
            f"documents/{digest('%PDF-1.7 one')}",
            "result/01-result.pdf",
            "result/02-result.pdf",
        ]
    )
    assert files["checkpoint"] == files[f"checkpoints/{size}"]
    assert files["log.vkey"] == story.signer.vkey.encode() + b"\n"
    assert files["delivery.jsonl"] == b""


def test_lists_are_sorted_whatever_the_order_they_are_given_in() -> None:
    story = whole_story()
    given = parts(story)
    turned = parts(
        story,
        roll=reversed(list(given.roll)),
        names=reversed(list(given.names or ())),
        issued=[reversed(list(batch)) for batch in given.issued],
        openings=reversed(list(given.openings or ())),
    )

    assert files_of(turned, audience="auditor") == files_of(parts(story), audience="auditor")


def test_what_is_withheld_is_no_file_at_all() -> None:
    files = files_of(parts(whole_story(), names=None, openings=None), audience="public")

    assert not {"roll/private.jsonl", "openings.jsonl"} & set(files)


def test_the_public_learns_the_roles_of_officers_and_auditors_their_names() -> None:
    pc = person_commitment(CLERK.id, CLERK.name, CLERK.role, CLERK.salt).hex()

    public, auditors = (
        lines(files_of(parts(whole_story()), audience=each)["persons.jsonl"])
        for each in ("public", "auditor")
    )

    assert public == [{"pc": pc, "role": "entry"}]
    assert auditors == [
        {
            "pc": pc,
            "person": {"id": "entry-1", "name": "入力 花子", "role": "entry"},
            "salt": salt("clerk").hex(),
        }
    ]


def test_the_list_of_files_names_all_but_itself_and_is_signed() -> None:
    story = whole_story()
    plain = files_of(parts(story), audience="public")

    files = signed(plain, story.origin, "public", story.signer)

    manifest = files["BUNDLE.json"]
    assert json.loads(manifest) == {
        "audience": "public",
        "files": {path: sha256(data).hexdigest() for path, data in plain.items()},
        "format": "voting-bundle/1",
        "log": story.origin,
    }
    text = open_note(files["BUNDLE.note"], [story.signer.verifier])
    assert text == note_text(story.origin, manifest)
    assert text.split("\n") == ["voting/bundle/v1", story.origin, sha256(manifest).hexdigest(), ""]


def test_the_same_parts_give_the_same_bundle() -> None:
    one, two = (
        bundle(parts(whole_story()), audience="public", signer=whole_story().signer) for _ in range(2)
    )

    assert one == two
