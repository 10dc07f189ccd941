"""A hand-over sheet for tests."""

from dataclasses import replace
from datetime import date

from tests.documents.council import LEDGER, docket
from voting.core.letterhead import Kept
from voting.documents.facts_handover import HandedFile, HandedKey, HandedThing, HandoverFacts
from voting.wording import KEPT_NAMES, kept_until, period_text
from voting.wording.papers import PAPERS

DOCKET = docket()


def handover(files: int = 4, officers: int = 3, *, name: str = "gian{}.pdf", old: int = 40) -> HandoverFacts:
    return HandoverFacts(
        docket=DOCKET,
        origin=LEDGER.origin,
        made_on="令和7年3月31日",
        stage="結果公表",
        period=period_text(DOCKET.assembly.schedule),
        steps=(
            ("規則確定・名簿凍結", "令和6年9月20日(金)10時00分", "1"),
            ("結果の公表", "令和6年10月7日(月)10時00分", "1341"),
        ),
        open=("議事録は、まだ署名していません。",),
        files=tuple(
            HandedFile(f"第{number}号議案", name.format(number), f"{number:064x}")
            for number in range(1, files + 1)
        ),
        bundle=(
            "公開用　https://vote.example.jp/assemblies/council/2024-09/bundle.zip",
            f"SHA-256　{7:064x}",
        ),
        record=(
            f"記録の名称　{LEDGER.origin}",
            f"検証鍵　{LEDGER.vkey}",
            "チェックポイント",
            *LEDGER.checkpoint.split("\n")[:3],
        ),
        keys=tuple(
            HandedKey(signer, who, "令和16年9月20日", f"{place:064x}")
            for place, (signer, who) in enumerate(
                (("body", "全国二地域居住等促進協議会"), ("chair", "議長 長野県")), 11
            )
        ),
        officers=tuple(
            (f"担当 {number}", "入力担当", f"clerk-{number}") for number in range(1, officers + 1)
        ),
        things=tuple(
            HandedThing(
                KEPT_NAMES[kept],
                "事務局書庫" if kept is Kept.MINUTES else "",
                "事務局長" if kept is Kept.MINUTES else "",
                kept_until(kept, closed_on=date(2024, 10, 4)),
            )
            for kept in Kept
        ),
        commands=(f"voting verify council-2024-09.zip --key '{LEDGER.vkey}'",),
        contact="事務局(電話 00-0000-0000)",
        contacts=(
            f"現在の会員681会員のうち、12か月以内に連絡先を確かめたもの {681 - old}会員、"
            f"それより古いもの {old}会員"
        ),
        old_contacts=tuple(
            (f"M{number:04d}", f"架空市{number}", "令和5年4月3日") for number in range(1, old + 1)
        ),
    )


def english(files: int = 4, officers: int = 3, *, name: str = "gian{}.pdf") -> HandoverFacts:
    """The same sheet in its translation."""
    given, say = handover(files, officers, name=name), PAPERS["en"]
    return replace(
        given,
        made_on="31 March 2025",
        stage=say.term(given.stage),
        period=say.period(DOCKET.assembly.schedule),
        steps=(
            (say.term("規則確定・名簿凍結"), "20 September 2024, 10:00", "1"),
            (say.term("結果の公表"), "7 October 2024, 10:00", "1341"),
        ),
        open=tuple(say.term(line) for line in given.open),
        files=tuple(replace(each, of=say.motion(place)) for place, each in enumerate(given.files, 1)),
        bundle=(
            "For the public: https://vote.example.jp/assemblies/council/2024-09/bundle.zip",
            f"SHA-256: {7:064x}",
        ),
        record=(
            say.says("記録の名称　{origin}", origin=LEDGER.origin),
            say.says("検証鍵　{key}", key=LEDGER.vkey),
            say.term("チェックポイント"),
            *given.record[3:],
        ),
        keys=tuple(replace(each, until="20 September 2034") for each in given.keys),
        officers=tuple((name, say.term(role), account) for name, role, account in given.officers),
        things=tuple(
            replace(
                each,
                what=say.term(KEPT_NAMES[kept]),
                until=say.kept_until(kept, closed_on=date(2024, 10, 4)),
            )
            for kept, each in zip(Kept, given.things, strict=True)
        ),
        contacts=say.says(
            "現在の会員{members}のうち、12か月以内に連絡先を確かめたもの {sound}、それより古いもの {old}",
            members=say.members(681),
            sound=say.members(641),
            old=say.members(40),
        ),
        old_contacts=tuple((*each[:2], "3 April 2023") for each in given.old_contacts),
        say=say,
    )
