"""The import of a members' roll, with a verdict on every row."""

from datetime import date
from pathlib import Path

import pytest

from tests.sheets.workbooks import csv_text, package, workbook, workbook_of
from voting.core.members import Member, roll_at
from voting.core.register import compare
from voting.core.votes import ONE_VOTE
from voting.sheets.finding_wording import finding_text
from voting.sheets.findings import Level
from voting.sheets.headers import Layout, NoHeader
from voting.sheets.roll_sheet import RollSheet, RowVerdict, Verdict, read_roll

DATA = Path(__file__).parent.parent / "data"


def read(path: str) -> RollSheet:
    return read_roll((DATA / path).read_bytes(), path)


def roll(*rows: str, head: str = "会員番号,団体名") -> RollSheet:
    return read_roll(csv_text(head, *rows), "roll.csv")


def codes(sheet: RollSheet) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in sheet.findings if finding.code != "no-address-column"]


def test_the_messy_roll_comes_out_exactly_as_expected() -> None:
    sheet = read("messy/roll.xlsx")

    assert sheet.header_row == 4
    assert not sheet.is_sound
    assert sheet.verdicts == (
        RowVerdict(5, "M0001", Verdict.ACCEPTED),
        RowVerdict(6, "M0002", Verdict.ACCEPTED),
        RowVerdict(7, "M0003", Verdict.ERROR),
        RowVerdict(8, "M0003", Verdict.ERROR),
        RowVerdict(9, "M0005", Verdict.ERROR),
        RowVerdict(10, "M0006", Verdict.WARNING),
        RowVerdict(11, "M0007", Verdict.ERROR),
        RowVerdict(12, "M0008", Verdict.ERROR),
        RowVerdict(13, "M0009", Verdict.ACCEPTED),
        RowVerdict(15, "", Verdict.SKIPPED),
    )
    found = {(each.row, each.level, each.code) for each in sheet.findings}
    assert found == {
        (5, Level.INFO, "name-trimmed"),
        (5, Level.INFO, "addresses-several"),
        (5, Level.INFO, "value-read"),
        (6, Level.INFO, "address-folded"),
        (6, Level.INFO, "value-read"),
        (7, Level.ERROR, "address-no-domain"),
        (8, Level.ERROR, "member-twice"),
        (9, Level.ERROR, "name-missing"),
        (10, Level.WARNING, "address-none"),
        (11, Level.ERROR, "votes-not-positive"),
        (12, Level.ERROR, "date-unreadable"),
        (13, Level.INFO, "has-left"),
        (15, Level.SKIPPED, "row-total"),
    }


def test_the_accepted_rows_of_the_messy_roll_are_read_as_expected() -> None:
    first, second, reachable_by_post, gone = read("messy/roll.xlsx").members

    assert first.name == "北海道青見台市"
    assert first.addresses == ("a@example.jp", "b@example.jp")
    assert (first.votes, first.joined) == (ONE_VOTE, date(2021, 3, 9))
    assert (second.addresses, second.joined) == (("c@example.jp",), date(2021, 4, 1))
    assert reachable_by_post.addresses == ()
    assert gone.left == date(2024, 8, 31)
    assert "M0009" not in {entry.member_id for entry in roll_at([gone], date(2024, 9, 27)).entries}


def test_the_findings_of_the_messy_roll_are_told_with_row_member_and_remedy() -> None:
    told = [finding_text(finding) for finding in read("messy/roll.xlsx").findings]

    assert told[0] == "5行目 M0001: 団体名の前後の空白を除きました。"
    assert told[1:4] == [
        "5行目 M0001: 「メール」を a@example.jp、b@example.jp と読み取りました。",
        "5行目 M0001: 「議決権」を 1 と読み取りました。",
        "5行目 M0001: 「入会日」を 2021-03-09 と読み取りました。",
    ]
    assert "6行目 M0002: 「入会日」を 2021-04-01 と読み取りました。" in told
    assert (
        "8行目 M0003: 会員番号が重複しています(7行目と8行目)。どちらかの番号を直すか、行を削除してください。"
    ) in told
    assert told[-2].startswith("13行目 M0009: 「退会日」が 2024-08-31 のため、")
    assert told[-1] == "15行目: 集計行とみなし、読み飛ばしました。"


@pytest.mark.parametrize(
    ("path", "members", "header_row"),
    [
        ("council-2024/roll.xlsx", 681, 2),
        ("council-2024/roll-utf8.csv", 681, 1),
        ("council-2024/roll-cp932.csv", 681, 1),
        ("platform-2026/roll.xlsx", 1305, 2),
    ],
)
def test_a_clean_roll_has_nothing_to_be_said_about(path: str, members: int, header_row: int) -> None:
    sheet = read(path)

    assert sheet.is_sound
    assert sheet.findings == ()
    assert len(sheet.members) == members
    assert sheet.header_row == header_row


def test_the_three_files_of_one_roll_hold_the_same_members() -> None:
    paths = ("council-2024/roll.xlsx", "council-2024/roll-utf8.csv", "council-2024/roll-cp932.csv")
    xlsx, utf8, cp932 = (read(path).members for path in paths)

    assert xlsx == utf8 == cp932
    assert compare({member.member_id: member for member in xlsx}, utf8).same == utf8


def test_every_hard_name_is_kept_character_by_character() -> None:
    sheet = read("names/hard-names.csv")

    names = {member.member_id: member.name for member in sheet.members}
    assert sheet.is_sound
    assert len(names) == 20
    assert names["H001"] == "奈良県葛\U000e0100城市"
    assert names["H007"] == "𠮷田商店"
    assert names["H010"] == "㈱まちの灯"
    assert names["H012"] == "ﾊﾝｶｸ観光"
    assert names["H014"] == "株式会社=1+1"
    assert names["H016"] == "鯖江ﾒｶﾞﾈ協会"
    assert names["H017"] == "大和(やまと)町\n移住推進室"
    assert names["H020"] == "\u0435\u0301cole fran\xe7aise"
    assert codes(sheet) == [(17, "name-trimmed")]


def test_a_member_number_is_read_without_width() -> None:
    sheet = roll("Ｍ０００１,那須町")

    assert sheet.members[0].member_id == "M0001"
    assert codes(sheet) == [(2, "member-folded")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",那須町", "member-missing"),
        ("M\x1b1,那須町", "member-unusable"),
        (f"{'M' * 65},那須町", "member-unusable"),
        ("M1,", "name-missing"),
        ("M1,　", "name-missing"),
        (f"M1,{'町' * 201}", "name-too-long"),
        ("M1,飛?市", "name-lost"),
        ("M1,?野ヶ里町", "name-lost"),
        ("M1,葛?城市", "name-lost"),
        ("M1,那須\x07町", "name-control"),
        ("M1,那須\u202e町", "name-control"),
    ],
)
def test_a_row_without_a_usable_number_or_name_is_in_error(row: str, code: str) -> None:
    sheet = roll(row)

    assert codes(sheet) == [(2, code)]
    assert sheet.members == ()
    assert not sheet.is_sound


@pytest.mark.parametrize("name", ["Why? Inc.", "なぜ？会", "A\nB", "👨‍👩‍👧‍👦こども園", "إدارة"])
def test_an_unusual_name_is_taken_as_it_is(name: str) -> None:
    sheet = roll(f'M1,"{name}"')

    assert sheet.members[0].name == name
    assert codes(sheet) == []


@pytest.mark.parametrize(
    ("name", "code"), [("那須\u200b町", "name-invisible"), ("那須\ue000町", "name-private")]
)
def test_a_name_that_others_may_not_see_as_meant_is_warned_about(name: str, code: str) -> None:
    sheet = roll(f"M1,{name}")

    assert sheet.members[0].name == name
    assert sheet.verdicts == (RowVerdict(2, "M1", Verdict.WARNING),)
    assert codes(sheet) == [(2, code)]


def test_a_lost_name_beside_a_sound_code_points_to_the_code() -> None:
    sheet = roll("M1,飛?市,212172", head="会員番号,団体名,団体コード")

    assert "212172 の正しい団体名" in finding_text(sheet.findings[0])


def test_a_number_that_stands_twice_names_both_rows() -> None:
    sheet = roll("M1,那須町", "M2,日光市", "M1,那須塩原市")

    assert codes(sheet) == [(4, "member-twice")]
    assert sheet.findings[0].facts == {"first": "2", "second": "4"}


@pytest.mark.parametrize(
    ("written", "code", "offer"),
    [
        ("302065", "code-check-digit", "302066"),
        ("94072", "code-repair", "094072"),
        ("9407", "code-repair", "094072"),
        ("20000", "code-repair", "200000"),
        ("1123456789012", "code-check-digit", "7123456789012"),
        ("123456789012", "code-repair", "7123456789012"),
    ],
)
def test_a_faulty_code_is_an_error_with_an_offer_and_is_never_changed(
    written: str, code: str, offer: str
) -> None:
    sheet = roll(f"M1,田辺市,{written}", head="会員番号,団体名,団体コード・法人番号")

    assert sheet.findings[0].code == code
    assert sheet.findings[0].facts["offer"] == offer
    assert f"{offer} ではありませんか" in finding_text(sheet.findings[0])
    assert sheet.members == ()


def test_a_code_that_is_a_number_in_the_sheet_has_lost_its_zero() -> None:
    sheet = read_roll(workbook([["会員番号", "団体名", "団体コード"], ["M1", "那須町", 94072]]), "x")

    assert sheet.findings[0].facts["offer"] == "094072"


def test_both_kinds_of_code_may_stand_in_columns_of_their_own() -> None:
    sheet = roll(
        "M1,那須町,094072,",
        "M2,会社,,7123456789012",
        "M3,長野県,200000,1000020200000",
        "M4,任意団体,－,なし",
        head="会員番号,団体名,団体コード,法人番号",
    )

    assert [member.code for member in sheet.members] == ["094072", "7123456789012", "200000", ""]
    assert sheet.members[2].other == (("法人番号", "1000020200000"),)


def test_a_code_in_full_width_is_read_and_said() -> None:
    sheet = roll("M1,那須町,０９４０７２", head="会員番号,団体名,団体コード")

    assert sheet.members[0].code == "094072"
    assert codes(sheet) == [(2, "code-folded")]


def test_what_is_no_code_and_a_code_of_two_members_are_told() -> None:
    sheet = roll("M1,那須町,X1", "M2,日光市,094072", "M3,那須町,094072", head="会員番号,団体名,団体コード")

    assert codes(sheet) == [(2, "code-unknown"), (4, "code-twice")]
    assert sheet.verdicts[2].verdict is Verdict.WARNING


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("a@example.jp", ("a@example.jp",)),
        ("a@example.jp; b@example.jp", ("a@example.jp", "b@example.jp")),
        ("a@example.jp；b@example.jp", ("a@example.jp", "b@example.jp")),
        ("a@example.jp、b@example.jp", ("a@example.jp", "b@example.jp")),
        ("a@example.jp\nb@example.jp", ("a@example.jp", "b@example.jp")),
        ("ａ＠ｅｘａｍｐｌｅ．ｊｐ", ("a@example.jp",)),
        ("a@example.jp a@example.jp", ("a@example.jp",)),
        ("first.last+x@city.nasu.lg.jp", ("first.last+x@city.nasu.lg.jp",)),
    ],
)
def test_addresses_are_read_as_offices_write_them(written: str, addresses: tuple[str, ...]) -> None:
    sheet = roll(f'M1,那須町,"{written}"', head="会員番号,団体名,メール")

    assert sheet.is_sound
    assert sheet.members[0].addresses == addresses


def test_addresses_of_several_columns_stand_together() -> None:
    sheet = roll(
        "M1,那須町,a@example.jp,b@example.jp", head="会員番号,団体名,メールアドレス1,メールアドレス2"
    )

    assert sheet.members[0].addresses == ("a@example.jp", "b@example.jp")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("d@example", "address-no-domain"),
        ("d@", "address-no-domain"),
        ("example.jp", "address-unusable"),
        ("山田@example.jp", "address-unusable"),
        ("a@-example.jp", "address-unusable"),
        ("a@example..jp", "address-unusable"),
        ("<a@example.jp>", "address-unusable"),
        (f"{'a' * 65}@example.jp", "address-unusable"),
    ],
)
def test_an_address_that_cannot_be_written_to_is_an_error(written: str, code: str) -> None:
    sheet = roll(f"M1,那須町,{written}", head="会員番号,団体名,メール")

    assert codes(sheet) == [(2, code)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("tanaka @example.jp", "tanaka @example.jp"),
        ("tanaka@ example.jp", "tanaka@ example.jp"),
        ("tanaka@example\n.jp", "tanaka@example .jp"),
        ("tanaka　@ｅｘａｍｐｌｅ.jp", "tanaka @example.jp"),
        ("a@example.jp;tanaka @example.jp", "tanaka @example.jp"),
        ("田中 一郎 tanaka@example.jp", "田中 一郎 tanaka@example.jp"),
        ("a b@example.jp、c d@example.jp", "a b@example.jp、c d@example.jp"),
    ],
)
def test_an_address_with_a_blank_inside_is_one_error_that_shows_what_stands_there(
    written: str, shown: str
) -> None:
    sheet = roll(f'M1,那須町,"{written}"', head="会員番号,団体名,メール")

    wrong = [finding for finding in sheet.findings if finding.level is Level.ERROR]
    assert [(each.row, each.code) for each in wrong] == [(2, "address-blank")]
    told = finding_text(wrong[0])
    assert f"「メール」の「{shown}」" in told
    assert "空白と改行を削除してください" in told


def test_several_wrong_addresses_in_a_cell_are_one_error() -> None:
    sheet = roll('M1,那須町,"b@-example.jp;c@example..jp"', head="会員番号,団体名,メール")

    wrong = [finding for finding in sheet.findings if finding.level is Level.ERROR]
    assert [each.code for each in wrong] == ["address-unusable"]
    assert "b@-example.jp、c@example..jp" in finding_text(wrong[0])


def test_of_addresses_on_two_lines_the_wrong_one_alone_is_named() -> None:
    sheet = roll('M1,那須町,"a@example.jp\nb@example"', head="会員番号,団体名,メール")

    wrong = [finding for finding in sheet.findings if finding.level is Level.ERROR]
    assert [(each.code, each.facts["text"]) for each in wrong] == [("address-no-domain", "b@example")]


@pytest.mark.parametrize(
    ("written", "votes"),
    [("", 1_000_000), ("1", 1_000_000), ("１２", 12_000_000), ("1.5", 1_500_000), ("0.000001", 1)],
)
def test_votes_are_exact_and_one_where_nothing_is_written(written: str, votes: int) -> None:
    assert roll(f"M1,那須町,{written}", head="会員番号,団体名,議決権数").members[0].votes == votes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0", "votes-not-positive"),
        ("-1", "votes-not-positive"),
        ("0.0", "votes-not-positive"),
        ("0.0000001", "votes-places"),
        ("1票", "votes-no-number"),
        ("1/2", "votes-no-number"),
        ("01", "votes-no-number"),
        ("1000000001", "votes-too-many"),
        # More digits than Python reads as a number.
        ("9" * 5000, "votes-too-many"),
        ("９" * 5000, "votes-too-many"),
        ("9" * 300, "votes-too-many"),
    ],
)
def test_anything_else_is_no_number_of_votes(written: str, code: str) -> None:
    assert codes(roll(f"M1,那須町,{written}", head="会員番号,団体名,議決権数")) == [(2, code)]


def test_votes_of_a_workbook_are_the_decimals_that_were_typed() -> None:
    sheet = read_roll(workbook([["会員番号", "団体名", "議決権"], ["M1", "a", 0.1], ["M2", "b", 3]]), "x")

    assert [member.votes for member in sheet.members] == [100_000, 3_000_000]


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ("令和6年13月1日", "date-unreadable", "令和6年13月1日"),
        ("令和6年9月27日(木)", "date-weekday", "令和6年9月27日(金)"),
        ("平成31年5月1日", "date-era", "令和元年5月1日"),
        ("45413", "date-serial", "令和6年5月1日"),
        ("123", "date-unreadable", "123"),
        ("未定", "date-unreadable", "未定"),
    ],
)
def test_what_is_no_day_is_an_error_that_says_what_may_be_meant(written: str, code: str, told: str) -> None:
    sheet = roll(f"M1,那須町,{written}", head="会員番号,団体名,入会日")

    assert codes(sheet) == [(2, code)]
    assert told in finding_text(sheet.findings[0])


def test_days_of_a_workbook_are_days_and_a_bare_number_is_none() -> None:
    sheet = read_roll(
        workbook([["会員番号", "団体名", "入会日"], ["M1", "a", date(2024, 5, 1)], ["M2", "b", 45413]]), "x"
    )

    assert sheet.members[0].joined == date(2024, 5, 1)
    assert codes(sheet) == [(3, "date-serial")]


def test_nobody_leaves_before_joining() -> None:
    head = "会員番号,団体名,入会日,退会日"

    assert roll("M1,a,2024/5/1,2024/5/1", head=head).is_sound
    assert codes(roll("M1,a,2024/5/1,2024/4/30", head=head)) == [(2, "left-before-joined")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("合計,,9", "row-total"),
        (",小 計,9", "row-total"),
        ("計 47,,", "row-total"),
        ("総合計(9団体),,", "row-total"),
        ("Total,,9", "row-total"),
        ("会員番号,団体名,議決権数", "row-heading"),
        (",※ 退会した会員は載せていない,", "row-note"),
        ("以上,,", "row-note"),
        ("", None),
        (",　,", None),
    ],
)
def test_rows_about_nobody_are_skipped_and_told_unless_blank(row: str, code: str | None) -> None:
    sheet = roll("M1,那須町,1", row, "M2,日光市,1", head="会員番号,団体名,議決権数")

    assert [member.member_id for member in sheet.members] == ["M1", "M2"]
    assert codes(sheet) == ([] if code is None else [(3, code)])


def test_a_member_called_like_a_total_is_a_member() -> None:
    sheet = roll("M1,計")

    assert sheet.members == (Member("M1", "計"),)


def test_a_line_with_only_a_running_number_is_skipped_and_told() -> None:
    sheet = roll("1,M1,那須町", "2,,", head="No.,会員番号,団体名")

    assert codes(sheet) == [(3, "row-unknown")]
    assert sheet.members[0].other == (("No.", "1"),)


def test_a_cell_without_a_value_is_an_error_of_its_row() -> None:
    heads = '<c r="A1" t="str"><v>会員番号</v></c><c r="B1" t="str"><v>団体名</v></c>'
    data = package(
        f'<row r="1">{heads}<c r="C1" t="str"><v>議決権</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>M1</v></c><c r="B2" t="str"><v>a</v></c>'
        '<c r="C2" t="e"><v>#REF!</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" t="str"><v>M2</v></c><c r="B3" t="str"><v>b</v></c>'
        '<c r="C3"><f>1+1</f></c></row>'
    )

    assert codes(read_roll(data, "x")) == [(2, "cell-error"), (3, "row-hidden"), (3, "cell-formula")]


def test_a_roll_without_members_is_no_roll() -> None:
    sheet = roll()

    assert not sheet.is_sound
    assert codes(sheet) == [(1, "no-members")]


def test_a_sheet_without_addresses_is_warned_about_once() -> None:
    sheet = roll("M1,那須町", "M2,日光市")

    assert sheet.is_sound
    assert [finding.code for finding in sheet.findings] == ["no-address-column"]


def test_prefectures_in_merged_cells_belong_to_each_of_their_rows() -> None:
    data = workbook(
        [["都道府県", "会員番号", "団体名"], ["栃木県", "M1", "那須町"], ["", "M2", "日光市"]],
        merged=("A2:A3",),
    )

    assert [member.prefecture for member in read_roll(data, "x").members] == ["栃木県", "栃木県"]


def test_the_columns_and_sheets_that_were_not_read_are_known() -> None:
    data = workbook_of({"名簿": [["会員番号", "団体名", "FAX"], ["M1", "a", "0287"]], "退会者": [["x"]]})

    sheet = read_roll(data, "x")

    assert sheet.fields == {"member_id", "name", "fax", "other"}
    assert sheet.members[0].other == (("FAX", "0287"),)
    assert sheet.unread == ("退会者",)


def test_a_sheet_without_the_headings_of_a_roll_is_refused() -> None:
    with pytest.raises(NoHeader) as refused:
        read_roll(csv_text("a,b", "c,d"), "x")

    assert refused.value.missing == ("会員番号", "団体名")


def test_all_fields_of_a_member_are_read() -> None:
    head = (
        "会員番号,団体名,フリガナ,区分,会員種別,団体コード,都道府県,担当部署,担当者,"
        "メール,電話番号,議決権数,入会日,退会日,備考"
    )
    row = "M1,那須町,ナスマチ,町,正会員,094072,栃木県,企画課,山田,a@example.jp,0287,2,R6.4.1,,済"

    assert roll(row, head=head).members == (
        Member(
            member_id="M1",
            name="那須町",
            kana="ナスマチ",
            category="町",
            kind="正会員",
            code="094072",
            prefecture="栃木県",
            section="企画課",
            person="山田",
            addresses=("a@example.jp",),
            phone="0287",
            votes=2_000_000,
            joined=date(2024, 4, 1),
            note="済",
        ),
    )


def test_a_person_says_which_columns_hold_the_address_and_a_postcode_that_is_none_is_told() -> None:
    data = workbook_of(
        {"名簿": [["No", "団体", "〒番号", "送り先", "ファクス先"], ["M1", "a", "3290001", "市1", "02"]]}
    )
    named = Layout("名簿", 1, ((0, "member_id"), (1, "name"), (2, "postcode"), (3, "address"), (4, "fax")))

    sheet = read_roll(data, "x", layout=named)

    assert sheet.members[0].other == (("郵便番号", "3290001"), ("住所", "市1"), ("FAX番号", "02"))
    assert sheet.fields == {"member_id", "name", "postcode", "address", "fax", "other"}
    wrong = read_roll(csv_text("会員番号,団体名,郵便番号", "M1,a,32-9"), "x")
    assert [each.code for each in wrong.findings] == ["postcode-unsound", "no-address-column"]
