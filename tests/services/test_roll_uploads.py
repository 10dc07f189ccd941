"""The office's own sheet: shown row by row, put right, confirmed exactly as shown, wiped."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.sheets.workbooks import csv_text, workbook
from tests.world import World
from voting.core.assembly import Body
from voting.core.japanese_dates import NoDate
from voting.core.members import Member
from voting.core.permissions import NotAllowed, Officer, Role
from voting.core.rules import BodyKind
from voting.services import schedule
from voting.services.register import bodies, member_list, membership, roll_uploads, rolls
from voting.services.register.registers import CommitteeRegister
from voting.services.register.roll_preview import RollPreview, State
from voting.services.register.roll_uploads import (
    LeavingDayMissing,
    NoFile,
    NoSuchUpload,
    NothingToStore,
    RegisterChanged,
)
from voting.services.register.rolls import SheetHasErrors
from voting.sheets.errors import BrokenRecord, FileTooBig
from voting.sheets.headers import ColumnTwice, Layout, NoHeader, NoSuchSheet

HEAD = "会員番号,団体名,団体コード,電話"
A, B, C = "N1,那須町,094072,1", "N2,田辺市,302066,2", "N3,府中市,132063,3"


@pytest.fixture
def office(world: World) -> Officer:
    who = world.officer(Role.ADMINISTRATOR)
    bodies.add_body(world.rt, who, "forum", Body("架空フォーラム", BodyKind.VOLUNTARY))
    return who


def send(world: World, office: Officer, data: bytes, name: str = "名簿.csv") -> str:
    return roll_uploads.upload(world.rt, office, "forum", data=data, name=name)


def look(world: World, office: Officer, upload: str) -> RollPreview:
    return roll_uploads.preview(world.rt, office, "forum", upload)


def store(world: World, office: Officer, *rows: str) -> None:
    upload = send(world, office, csv_text(HEAD, *rows))
    confirm(world, office, upload)


def confirm(world: World, office: Officer, upload: str, digest: str = "") -> roll_uploads.Stored:
    shown = digest or look(world, office, upload).digest
    return roll_uploads.confirm(world.rt, office, "forum", upload, digest=shown)


def choose(world: World, office: Officer, upload: str, *, leaving: Sequence[str] = (), left_on: str = "",
           **repairs: str) -> None:  # fmt: skip
    roll_uploads.choose(
        world.rt,
        office,
        "forum",
        upload,
        repairs={int(row.removeprefix("row")): code for row, code in repairs.items()},
        leaving=tuple(leaving),
        left_on=left_on,
    )


def present(world: World) -> dict[str, Member]:
    return {each.member_id: each for each in rolls.register(world.rt, "forum")}


def states(shown: RollPreview) -> list[tuple[int, str, str]]:
    return [(each.row, each.member_id, each.state.value) for each in shown.lines]


def test_each_row_is_told_what_becomes_of_it(world: World, office: Officer) -> None:
    store(world, office, A, B, C)
    sheet = csv_text(
        HEAD,
        A,
        "N2,田辺市,302066,22",
        "N4,長野県,20000,4",
        "N5,飛?市,212172,5",
        "N6,葛城市,292117,6",
        "合計,",
    )

    shown = look(world, office, send(world, office, sheet))

    assert states(shown) == [
        (2, "N1", "same"),
        (3, "N2", "changed"),
        (4, "N4", "offered"),
        (5, "N5", "refused"),
        (6, "N6", "new"),
        (7, "", "skipped"),
        (0, "N3", "missing"),
    ]
    assert shown.counts == Counter(State(state) for _, _, state in states(shown))
    changed = shown.lines[1].change
    assert changed is not None
    assert (changed.columns, changed.before.phone, changed.after.phone) == (("phone",), "2", "22")
    assert shown.lines[3].said("ja")[0].startswith("団体名「飛?市」は、文字が失われて")
    assert shown.lines[3].name == "飛?市"
    assert not shown.is_sound


def test_the_page_and_the_command_tell_the_same_of_every_row(world: World, office: Officer) -> None:
    messy = (Path(__file__).parents[1] / "data" / "messy" / "roll.xlsx").read_bytes()

    on_page = look(world, office, send(world, office, messy)).reasons()

    by_command = rolls.preview(world.rt, office, "forum", data=messy, name="roll.xlsx").lines
    assert sorted(on_page) == sorted(by_command)
    levels = {line.partition(" ")[2].partition("行目")[0]: line.partition(" ")[0] for line in by_command}
    assert levels == {
        "5": "参考", "6": "参考", "7": "誤り", "8": "誤り", "9": "誤り", "10": "注意",
        "11": "誤り", "12": "誤り", "13": "参考", "15": "読み飛ばし",
    }  # fmt: skip


def test_nothing_is_stored_before_somebody_says_yes(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, A))
    look(world, office, upload)

    assert present(world) == {}
    assert confirm(world, office, upload) == roll_uploads.Stored(new=1, changed=0, left=0)
    assert set(present(world)) == {"N1"}


def test_of_a_sheet_with_one_bad_row_no_row_is_stored(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, A, "N2,,302066,2"))

    with pytest.raises(SheetHasErrors) as refused:
        confirm(world, office, upload)

    assert "誤り 3行目 N2: 団体名がありません。団体名を入力してください。" in refused.value.lines
    assert present(world) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_csv_is_read_in_every_encoding_in_use(world: World, office: Officer, encoding: str) -> None:
    upload = send(world, office, f"{HEAD}\r\n{A}\r\n".replace(",", "\t").encode(encoding))

    confirm(world, office, upload)

    assert present(world)["N1"].name == "那須町"


def test_an_offered_repair_is_made_where_somebody_says_so_and_nowhere_else(
    world: World, office: Officer
) -> None:
    upload = send(world, office, csv_text(HEAD, "N1,那須町,94072,1", "N2,長野県,20000,2"))
    assert [each.offers for each in look(world, office, upload).lines] == [("094072",), ("200000",)]

    choose(world, office, upload, row2="094072")
    assert [each.state for each in look(world, office, upload).lines] == [State.NEW, State.OFFERED]
    with pytest.raises(SheetHasErrors):
        confirm(world, office, upload)
    choose(world, office, upload, row2="094072", row3="200000")
    confirm(world, office, upload)

    assert {each.code for each in present(world).values()} == {"094072", "200000"}


def test_a_repair_that_was_never_offered_is_not_taken(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, "N1,那須町,94072,1"))

    choose(world, office, upload, row2="132063")

    assert look(world, office, upload).lines[0].state is State.OFFERED


def test_a_member_missing_in_the_sheet_stays_unless_somebody_says_it_has_left(
    world: World, office: Officer
) -> None:
    store(world, office, A, B, C)
    upload = send(world, office, csv_text(HEAD, A))
    assert [each.member_id for each in look(world, office, upload).lines if each.row == 0] == ["N3", "N2"]

    choose(world, office, upload, leaving=["N3"], left_on="R8.4.1")
    stored = confirm(world, office, upload)

    assert stored == roll_uploads.Stored(new=0, changed=0, left=1)
    found = present(world)
    assert (found["N2"].left, found["N3"].left) == (None, date(2026, 4, 1))


def test_a_member_whose_row_is_refused_is_not_missing(world: World, office: Officer) -> None:
    store(world, office, A, B)

    shown = look(world, office, send(world, office, csv_text(HEAD, A, "N2,,302066,2")))

    assert states(shown) == [(2, "N1", "same"), (3, "N2", "refused")]


def test_whoever_has_left_before_is_not_missed(world: World, office: Officer) -> None:
    store(world, office, A, B)
    membership.leave(world.rt, office, "forum", "N2", left="2026/4/1")

    shown = look(world, office, send(world, office, csv_text(HEAD, A)))

    assert states(shown) == [(2, "N1", "same")]


def test_leaving_needs_a_day_that_is_one(world: World, office: Officer) -> None:
    store(world, office, A, B)
    upload = send(world, office, csv_text(HEAD, A))

    with pytest.raises(LeavingDayMissing):
        choose(world, office, upload, leaving=["N2"])
    with pytest.raises(NoDate):
        choose(world, office, upload, leaving=["N2"], left_on="令和0年4月1日")


def test_nobody_present_in_the_sheet_can_be_made_to_leave(world: World, office: Officer) -> None:
    store(world, office, A, B)
    upload = send(world, office, csv_text(HEAD, A, "N2,田辺市,302066,9"))

    choose(world, office, upload, leaving=["N1", "N2"], left_on="2026/4/1")
    confirm(world, office, upload)

    assert {each.left for each in present(world).values()} == {None}


def test_a_register_changed_since_the_preview_is_refused(world: World, office: Officer) -> None:
    store(world, office, A, B)
    upload = send(world, office, csv_text(HEAD, A, "N2,田辺市,302066,9"))
    shown = look(world, office, upload)
    seen = member_list.member_page(world.rt, office, "forum", "N2")
    membership.edit(world.rt, office, "forum", "N2", {"votes": "2"}, seen=seen.stamp)

    with pytest.raises(RegisterChanged):
        confirm(world, office, upload, shown.digest)

    assert present(world)["N2"].phone == "2"
    assert confirm(world, office, upload).changed == 1  # as shown anew


def test_an_unchanged_row_that_was_changed_meanwhile_is_not_set_back_unseen(
    world: World, office: Officer
) -> None:
    store(world, office, A, B)
    upload = send(world, office, csv_text(HEAD, A, "N2,田辺市,302066,9"))
    shown = look(world, office, upload)
    seen = member_list.member_page(world.rt, office, "forum", "N1")
    membership.edit(world.rt, office, "forum", "N1", membership.typed_of(seen.member) | {"phone": "77"},
                    seen=seen.stamp)  # fmt: skip

    with pytest.raises(RegisterChanged):
        confirm(world, office, upload, shown.digest)

    assert present(world)["N1"].phone == "77"


def test_choices_made_after_the_page_was_shown_are_refused(world: World, office: Officer) -> None:
    store(world, office, A, B)
    upload = send(world, office, csv_text(HEAD, A, C))
    shown = look(world, office, upload)
    choose(world, office, upload, leaving=["N2"], left_on="2026/4/1")

    with pytest.raises(RegisterChanged):
        confirm(world, office, upload, shown.digest)

    assert present(world)["N2"].left is None


def test_a_sheet_is_wiped_once_it_is_confirmed(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, A))
    digest = look(world, office, upload).digest
    confirm(world, office, upload)

    for again in (lambda: look(world, office, upload), lambda: confirm(world, office, upload, digest)):
        with pytest.raises(NoSuchUpload):
            again()
    assert kept(world) == 0


def test_a_sheet_is_wiped_when_it_is_given_up_or_nobody_comes_back(world: World, office: Officer) -> None:
    first = send(world, office, csv_text(HEAD, A))
    roll_uploads.give_up(world.rt, office, "forum", first)
    assert kept(world) == 0

    second = send(world, office, csv_text(HEAD, A))
    world.clock.at += roll_uploads.KEPT_FOR
    with pytest.raises(NoSuchUpload):
        look(world, office, second)
    assert kept(world) == 1
    schedule.run_due(world.rt)
    assert kept(world) == 0
    assert present(world) == {}


def kept(world: World) -> int:
    with world.rt.database.schema_connection() as connection:
        row = connection.exec_driver_sql("SELECT count(*) FROM roll_upload").one()
    return int(row[0])


def test_another_sheet_replaces_the_one_before(world: World, office: Officer) -> None:
    first = send(world, office, csv_text(HEAD, A))
    send(world, office, csv_text(HEAD, B))

    with pytest.raises(NoSuchUpload):
        look(world, office, first)
    assert kept(world) == 1


def test_a_sheet_is_nobody_elses(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, A))
    other = world.officer(Role.ADMINISTRATOR, number=2)

    with pytest.raises(NoSuchUpload):
        look(world, other, upload)
    with pytest.raises(NoSuchUpload):
        roll_uploads.give_up(world.rt, other, "forum", upload)
    with pytest.raises(NotAllowed):
        roll_uploads.preview(world.rt, world.officer(Role.ENTRY), "forum", upload)


def test_a_sheet_that_says_what_the_register_says_stores_nothing(world: World, office: Officer) -> None:
    store(world, office, A)
    upload = send(world, office, csv_text(HEAD, A))

    with pytest.raises(NothingToStore):
        confirm(world, office, upload)


def test_columns_that_nobody_knows_are_named_by_hand(world: World, office: Officer) -> None:
    sheet = workbook(
        [["令和8年度"], ["整理No", "団体", "連絡先", "備忘"], ["N1", "那須町", "a@example.jp", "x"]]
    )
    upload = send(world, office, sheet, "名簿.xlsx")
    with pytest.raises(NoHeader):
        look(world, office, upload)
    top = roll_uploads.top(world.rt, office, "forum", upload)
    assert top.rows[1] == (2, ("整理No", "団体", "連絡先", "備忘"))

    layout = Layout("名簿", 2, ((0, "member_id"), (1, "name"), (2, "addresses")))
    roll_uploads.lay_out(world.rt, office, "forum", upload, layout)
    confirm(world, office, upload)

    found = present(world)["N1"]
    assert (found.name, found.addresses, found.other) == ("那須町", ("a@example.jp",), (("備忘", "x"),))


@pytest.mark.parametrize(
    ("layout", "refusal"),
    [
        (Layout("名簿", 1, ((0, "member_id"),)), NoHeader),
        (Layout("名簿", 1, ((0, "member_id"), (1, "name"), (2, "name"))), ColumnTwice),
        (Layout("名簿", 99, ((0, "member_id"), (1, "name"))), NoSuchSheet),
        (Layout("別紙", 1, ((0, "member_id"), (1, "name"))), NoSuchSheet),
    ],
    ids=["no-name", "name-twice", "no-such-row", "no-such-sheet"],
)
def test_columns_named_in_a_way_that_cannot_be_are_refused_and_change_nothing(
    world: World, office: Officer, layout: Layout, refusal: type[Exception]
) -> None:
    upload = send(world, office, workbook([["会員番号", "団体名", "電話"], ["N1", "那須町", "1"]]), "a.xlsx")
    before = look(world, office, upload).digest

    with pytest.raises(refusal):
        roll_uploads.lay_out(world.rt, office, "forum", upload, layout)

    assert look(world, office, upload).digest == before


def test_what_cannot_be_read_is_not_even_kept(world: World, office: Officer) -> None:
    for data, refusal in (
        (b'"' + csv_text(HEAD, A), BrokenRecord),
        (b"x" * (roll_uploads.LARGEST + 1), FileTooBig),
    ):
        with pytest.raises(refusal):
            send(world, office, data)
    with pytest.raises(NoFile):
        send(world, office, b"", "")
    assert kept(world) == 0


def test_a_committee_takes_no_sheet(world: World, office: Officer) -> None:
    bodies.add_committee(world.rt, office, "forum", "seido", name="制度部会")

    with pytest.raises(CommitteeRegister):
        roll_uploads.upload(world.rt, office, "seido", data=csv_text(HEAD, A), name="a.csv")


def test_the_name_of_a_file_is_kept_without_its_folders(world: World, office: Officer) -> None:
    upload = send(world, office, csv_text(HEAD, A), "C:\\事務局\\..\\名簿.csv")

    confirm(world, office, upload)

    history = member_list.member_page(world.rt, office, "forum", "N1").history
    assert [(each.act.what, each.act.detail) for each in history] == [("imported", "名簿.csv")]
    assert history[0].act.at == world.rt.now()
