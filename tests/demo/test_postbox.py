"""The sample members' mailboxes hold what the service really sent."""

from tests.world import World
from voting.demo.postbox import Postbox


def test_a_member_finds_its_code_in_its_own_mailbox(world: World) -> None:
    world.assembly(size=2)
    box = Postbox()
    for mail in world.mails:
        box.take(mail)

    assert box.code("M0001") == world.codes["M0001"]
    assert [letter.name for letter in box.members()] == ["架空1町", "架空2町"]
    assert box.code("M0003") == ""


def test_the_newest_letter_comes_first(world: World) -> None:
    world.assembly(size=1)
    box = Postbox()
    box.take(world.mails[0])
    world.mails.clear()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.send()
    box.take(world.mails[0])

    assert ["受付" in letter.subject for letter in box.of("M0001")] == [True, False]
    assert box.code("M0001") == world.codes["M0001"]
