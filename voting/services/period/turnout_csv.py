"""The members and whether they have answered, as a spreadsheet for the telephone."""

import csv
from collections.abc import Iterable
from io import StringIO

from voting.documents.result_csv import defuse
from voting.services.period.turnout import MemberLine
from voting.wording import instant_text

_HEAD = (
    *("会員番号", "名称", "都道府県", "区分", "議決権", "回答", "最初の回答", "通知の到達", "投票ページ"),
    *("宛先の数", "電話", "担当部署", "担当者"),
)
_REACHED = {True: "到達", False: "不達", None: ""}


def members_csv(lines: Iterable[MemberLine]) -> bytes:
    """UTF-8 with BOM and CRLF, no cell a formula; in the order given."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for each in lines:
        at = each.answered_at
        cells = (
            *(each.member_id, each.name, each.prefecture, each.category, each.votes),
            *("未回答" if at is None else "回答あり", "" if at is None else instant_text(at)),
            *(
                _REACHED[each.reached],
                "" if each.opened_at is None else f"{instant_text(each.opened_at)}に開いた",
            ),
            *(str(each.addresses), each.phone, each.section, each.person),
        )
        writer.writerow([defuse(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")
