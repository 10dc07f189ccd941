"""Whom a campaign asks and what came of it, as a spreadsheet for the telephone."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from voting.documents.result_csv import defuse
from voting.services.register.contact_board import ContactRow
from voting.wording import instant_text

_HEAD = (
    *("会員番号", "団体名", "都道府県", "状態", "担当部署", "担当者", "電話番号", "メールアドレス"),
    *("催促の回数", "お知らせの日時", "お知らせした方", "連絡"),
)


def contacts_csv(rows: Iterable[ContactRow], words: Mapping[str, str]) -> bytes:
    """UTF-8 with BOM and CRLF, no cell a formula; in the order given.  Shape: *words* for each state."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for each in rows:
        member, answered = each.member, each.answered
        cells = (
            *(member.member_id, member.name, member.located, words[each.state]),
            *(member.section, member.person, member.phone, "\n".join(member.addresses)),
            *(str(each.reminded), "" if each.answered_at is None else instant_text(each.answered_at)),
            "" if answered is None else f"{answered.section}　{answered.person}",
            "" if answered is None else answered.remark,
        )
        writer.writerow([defuse(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")
