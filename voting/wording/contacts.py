"""The mail that asks a member whether what is known of it is still right (名簿確認), and its reminder."""

from datetime import date

from voting.core.japanese_dates import wareki
from voting.wording.during import Told


def contact_told(body: str, *, words: str, last_day: date, link: str, code: str, is_reminder: bool) -> Told:
    """One mail.  Shape: *words*: the office's own lines, or empty; *link* holds the code in its fragment."""
    day = wareki(last_day, weekday=True)
    asked = (
        f"{body}の会員名簿に登録されている連絡先の確認をお願いしておりますが、まだお返事をいただいていません。",
        "行き違いのときは、御容赦ください。",
    )
    first = (f"{body}の会員名簿に登録されている連絡先を、年に一度確認しています。",)
    return Told(
        "会員名簿の確認のお願い(再)" if is_reminder else "会員名簿の確認のお願い",
        (*(asked if is_reminder else first), *words.splitlines()),
        (
            (
                "お願い",
                (
                    f"{day}までに、次のページで登録の内容を確かめ、変わりがないか、変更があるかをお知らせください。",
                    link,
                    "ページを開けないときは、上のページの欄に次の確認コードを入力してください。",
                    f"確認コード　{code}",
                ),
            ),
            (
                "御注意",
                (
                    "確認コードで分かるのは、貴団体の登録の内容だけです。表決には使えません。",
                    "貴団体の外の方には、このメールを転送しないでください。",
                ),
            ),
        ),
    )
