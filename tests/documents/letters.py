"""Letters for tests: a list of errata, and the letter on a correction."""

from dataclasses import replace

from tests.documents.council import docket
from voting.core.motions import Motion
from voting.documents.facts_letter import CorrectionFacts, ErrataFacts, ErrataTable, LetterFacts, RepliesFacts
from voting.wording.papers import PAPERS

HEAD = LetterFacts(
    number="全二協第43号",
    date="令和6年9月30日",
    sender=("全国二地域居住等促進協議会", "会長　長野県知事　架空 太郎"),
    seal="（公印省略）",
)
ENGLISH_HEAD = replace(HEAD, date="30 September 2024", to=(), seal="")


def errata(papers: int = 1, rows: int = 2, *, name: str = "gian{}.pdf") -> ErrataFacts:
    tables = tuple(
        ErrataTable(
            head=f"第{number}号議案　{name.format(number)}",
            sha256=f"{number:064x}",
            rows=tuple(
                (
                    f"{row}ページ{row}行目",
                    f"令和6年4月{row}日から施行する。",
                    f"令和7年4月{row}日から施行する。",
                )
                for row in range(1, rows + 1)
            ),
        )
        for number in range(1, papers + 1)
    )
    return ErrataFacts(
        docket=docket(),
        letter=HEAD,
        opening=(
            "資料に次のとおり誤りがありましたので、おわびして訂正します。",
            "印刷の際の転記の誤りによるものです。",
        ),
        tables=tables,
        effect=("既に提出された表決書は、そのまま有効です。",),
        contact="事務局(電話 00-0000-0000)",
    )


def english_errata(papers: int = 1, rows: int = 2) -> ErrataFacts:
    given, say = errata(papers, rows), PAPERS["en"]
    opening = say.says(
        "{assembly}(書面開催)の資料に次のとおり誤りがありましたので、おわびして訂正します。"
        "お手元の資料は、次の「誤」を「正」に読み替えてください。",
        assembly=given.docket.assembly.title,
    )
    tables = tuple(
        replace(table, head=f"Motion {number}: gian{number}.pdf")
        for number, table in enumerate(given.tables, 1)
    )
    return replace(
        given,
        letter=ENGLISH_HEAD,
        opening=(opening,),
        tables=tables,
        effect=(say.change(given.docket),),
        say=say,
    )


def english_correction(motions: int = 3) -> CorrectionFacts:
    given, say = correction(motions), PAPERS["en"]
    rows = tuple(
        (
            say.motion(number),
            "For 680 (of these 268 silent), Against 1\ncarried",
            "For 679 (of these 267 silent), Against 1\ncarried" if number == 1 else say.term("変更なし"),
        )
        for number in range(1, motions + 1)
    )
    return replace(
        given,
        letter=ENGLISH_HEAD,
        opening="The result has been corrected as below.",
        approved=("21 October 2024", *given.approved[1:]),
        outcome=say.term("次のとおり。各議案の可否に変更はありません。"),
        rows=rows,
        digests=tuple(f"Version {version}, result.json, SHA-256: {version:064x}" for version in (1, 2)),
        say=say,
    )


def correction(motions: int = 3, *, title: str = "") -> CorrectionFacts:
    asked = docket(*(Motion(number, title or f"議案{number}について") for number in range(1, motions + 1)))
    return CorrectionFacts(
        docket=asked,
        letter=HEAD,
        version=2,
        opening="令和6年10月8日(火)付けで公表した結果(第1版)を、下記のとおり訂正し、訂正版(第2版)を公表しました。",
        reason="別表の転記に誤りがあったため",
        approved=("令和6年10月21日(月)", "議長 長野県", "監事 田辺市"),
        outcome="次のとおり。各議案の可否に変更はありません。",
        rows=tuple(
            (
                f"第{number}号議案",
                "賛成680票(うち未提出268票)、反対1票\n可決",
                "賛成679票(うち未提出267票)、反対1票\n可決" if number == 1 else "変更なし",
            )
            for number in range(1, motions + 1)
        ),
        incidents=("10月3日の停止",),
        digests=tuple(f"第{version}版 result.json　SHA-256　{version:064x}" for version in (1, 2)),
        published="https://vote.example.jp/assemblies/council/2024-09",
        contact="事務局(電話 00-0000-0000)",
    )


def replies(questions: int = 2, *, length: int = 1) -> RepliesFacts:
    """Shape: the first question has a supplement; *length* of each text in sentences."""
    asked = tuple(
        (
            f"質問{number}",
            f"第{number}号議案の負担金は、来年度も同じ額ですか。" * length,
            (
                (
                    "回答(10月1日(火))",
                    "来年度も同じ額です。\n\n詳しくは資料の5ページをご覧ください。" * length,
                ),
                *((("補足(10月2日(水))", "根拠は、資料の6ページにあります。"),) if number == 1 else ()),
            ),
        )
        for number in range(1, questions + 1)
    )
    return RepliesFacts(
        docket=docket(),
        letter=replace(HEAD, number=""),
        opening="総会について会員から寄せられた質問に、次のとおり回答します。",
        asked=asked,
        effect="提出済みの表決の取扱いが変わることはありません。",
        deadline="令和6年10月4日(金)17時00分(必着)",
        contact="事務局(電話 00-0000-0000)",
    )


def english_replies() -> RepliesFacts:
    given, say = replies(), PAPERS["en"]
    heads = (("Reply (1 October 2024)", "Supplement (2 October 2024)"), ("Reply (1 October 2024)",))
    asked = tuple(
        (head, question, tuple((new, text) for new, (_, text) in zip(told, texts, strict=True)))
        for head, told, (_, question, texts) in zip(
            ("Question 1", "Question 2"), heads, given.asked, strict=True
        )
    )
    return replace(
        given,
        letter=replace(ENGLISH_HEAD, number=""),
        opening="These are the replies to questions that members asked.",
        asked=asked,
        effect=say.term("この回答により、議案の内容や提出済みの表決の取扱いが変わることはありません。"),
        deadline="To arrive by 4 October 2024, 17:00 (Japanese time)",
        say=say,
    )
