"""質問への回答: what every member is told, in Japanese as all mails are.

Each line that somebody wrote is set in by one wide space: none of them can pass for a heading of ours, and
no two lists of replies give one text.  The text's SHA-256 stands in the ledger, so its form never changes.
"""

from collections.abc import Iterable

from voting.core.docket import Docket
from voting.core.inquiries import Reply
from voting.wording.during import Told
from voting.wording.periods import closing_text

_SET_IN = "　"


def reply_sections(replies: Iterable[Reply]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each question and what is answered to it, as headings with their lines."""
    found = []
    for each in replies:
        kind = "補足" if each.supplements else "回答"
        found.append((f"質問{each.number}", _set_in(each.question)))
        found.append((f"質問{each.number}への{kind}", _set_in(each.text)))
    return tuple(found)


def replies_text(replies: Iterable[Reply]) -> str:
    """What the ledger's digest is over: the same lines as in the mail, in UTF-8, each with its line end."""
    parts = (
        f"■ {head}\n" + "".join(f"{line}\n" for line in lines) for head, lines in reply_sections(replies)
    )
    return "\n".join(parts)


def replies_told(docket: Docket, replies: Iterable[Reply], *, page: str) -> Told:
    """To every member, after two persons approved the replies."""
    return Told(
        "質問への回答のお知らせ",
        (
            f"{docket.assembly.title}について会員から寄せられた質問に、次のとおり回答します。",
            "この回答は、会員全員にお送りしています。質問した会員の名称は出していません。",
        ),
        (
            *reply_sections(replies),
            (
                "表決について",
                (
                    "この回答により、議案の内容や提出済みの表決の取扱いが変わることはありません。",
                    f"締切 {closing_text(docket.assembly.schedule)}",
                    "これまでの質問と回答は、お手元の回答コードで次のページを開くとご覧になれます。",
                    page,
                ),
            ),
        ),
    )


def _set_in(text: str) -> tuple[str, ...]:
    return tuple(_SET_IN + line for line in text.split("\n"))
