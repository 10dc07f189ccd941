"""What the gallery shows: every paper in its usual shape, and in the shapes that papers break in."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.documents.council import (
    MOTIONS,
    SEED,
    counted,
    docket,
    facts,
    facts_with_elections,
    facts_with_roll_call,
    result,
)
from tests.documents.forms import FORM, english, member
from tests.documents.handover import english as english_handover
from tests.documents.handover import handover
from tests.documents.letters import (
    correction,
    english_correction,
    english_errata,
    english_replies,
    errata,
    replies,
)
from tests.documents.minutes import english as english_minutes
from tests.documents.minutes import made, seed, twelve, with_elections
from tests.documents.post import COVER, addressed, several
from tests.documents.post import english as english_cover
from tests.documents.test_participation_sheets import FACTS as PARTICIPATION
from tests.documents.test_proxy_form_pdf import english_proxies, proxies
from tests.documents.test_receipt_pdf import ENGLISH, RECEIPT
from tests.services.letterheads import LETTERHEAD
from tests.world import World, empty_database, world_at
from voting.core.docket import Docket
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Role
from voting.core.result import MotionResult
from voting.documents.ballot_form_pdf import render_forms
from voting.documents.correction_pdf import render_correction
from voting.documents.cover_pdf import render_covers
from voting.documents.errata_pdf import render_errata
from voting.documents.facts import Correction, Opinion, ResultFacts
from voting.documents.facts_form import FormFacts
from voting.documents.facts_handover import HandoverFacts
from voting.documents.facts_post import Way
from voting.documents.handover_pdf import render_handover
from voting.documents.labels_pdf import render_labels
from voting.documents.minutes_pdf import render_minutes
from voting.documents.motion_pdf import render_motion_paper
from voting.documents.participation_sheets import render_participation_xlsx
from voting.documents.proxy_form_pdf import render_proxy_forms
from voting.documents.receipt_pdf import render_receipt
from voting.documents.replies_pdf import render_replies
from voting.documents.result_pdf import render_result
from voting.documents.result_summary_pdf import render_summary
from voting.documents.result_xlsx import render_xlsx
from voting.services.printing import letterheads, letters
from voting.wording import form_notes

_NAMES = "特定非営利活動法人架空県二地域居住等促進市町村連絡協議会" * 3
NAME = _NAMES[:80]
ONE = (MOTIONS[0],)
TWELVE = tuple(
    Motion(
        number,
        "長い題名の議案についての説明を加えた" * 4 + "の件" if number == 7 else f"議案{number}について",
        depends_on=(number - 1,) if number % 3 == 0 else (),
    )
    for number in range(1, 13)
)
ELECTIONS = (
    *MOTIONS[:1],
    Motion(
        2,
        "監事の選出について",
        kind=MotionKind.ELECTION,
        method=Method.CONFIDENCE,
        seats=2,
        candidates=("田辺市", "葛\U000e0100城市"),
    ),
    Motion(
        3,
        "部会長の選出について",
        kind=MotionKind.ELECTION,
        method=Method.PLURALITY,
        seats=1,
        candidates=("𠮷野町", "髙﨑市", "那須町"),
    ),
)
SHAPES = {"one": ONE, "three": MOTIONS, "twelve": TWELVE, "elections": ELECTIONS}
SIGNERS = ("全国二地域居住等促進協議会", "議長 長野県", "議事録署名人 那須町")


def results(*motions: Motion, **changes: object) -> ResultFacts:
    """A result of those motions, each of them as in the origin case."""
    ends = tuple(MotionResult(each.number, each.title, counted(SEED)) for each in motions)
    return facts(docket=docket(*motions), result=result(*ends), **changes)


def opinions(count: int) -> tuple[Opinion, ...]:
    """All of one organisation."""
    return tuple(
        Opinion(
            text=f"意見その{number}。" + "理由を詳しく述べる。" * (number % 7),
            member=NAME if number % 2 else "",
        )
        for number in range(1, count + 1)
    )


def corrected(count: int) -> ResultFacts:
    correction = Correction(
        of=date(2024, 10, 8),
        reason="別表の転記に誤りがあったため",
        changes=tuple(
            (f"第{number}号議案　賛成680票", f"第{number}号議案　賛成679票") for number in range(1, count + 1)
        ),
        outcomes_changed=False,
    )
    return facts(version=2, correction=correction)


def form(*motions: Motion) -> FormFacts:
    asked = docket(*motions)
    return replace(FORM, docket=asked, notes=form_notes(asked))


def long_docket() -> Docket:
    """A body, an assembly and elections with names as long as they come."""
    found = docket(*(replace(each, title=NAME) for each in ELECTIONS))
    title = "令和6年度臨時総会" + "(架空県二地域居住等促進事業に関する特別の議決)" * 2
    return replace(found, body=replace(found.body, name=NAME), assembly=replace(found.assembly, title=title))


@contextmanager
def assembled(*motions: Motion) -> Iterator[World]:
    """An assembly of the services with those motions, and its letterhead."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/voting.db"
        empty_database(url).close()
        world = world_at(Path(folder), url)
        world.assembly(motions=motions)
        who = world.officer(Role.ADMINISTRATOR)
        letterheads.set_letterhead(world.rt, who, world.origin, LETTERHEAD)
        yield world
        world.rt.database.close()


def notice(*motions: Motion, language: str = "ja") -> bytes:
    with assembled(*motions) as world:
        return letters.notice(world.rt, world.officer(Role.ENTRY), world.origin, language=language)


def papers() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every PDF.  Shape: name -> what makes it."""
    members = (member(1), member(2, NAME), member(3, "葛\U000e0100城市"))
    for shape, motions in SHAPES.items():
        yield f"notice-{shape}", lambda motions=motions: notice(*motions)
        yield f"notice-{shape}-en", lambda motions=motions: notice(*motions, language="en")
        yield f"form-{shape}", lambda motions=motions: render_forms(form(*motions), members)
        yield (
            f"form-{shape}-en",
            lambda motions=motions: render_forms(english(form(*motions), *motions), members),
        )
        yield f"proxy-{shape}", lambda motions=motions: render_proxy_forms(proxies(*motions), members)
    long = replace(FORM, docket=long_docket(), to=f"{NAME}事務局　御中", notes=form_notes(long_docket()))
    yield "form-long-names", lambda: render_forms(long, members)
    yield "proxy-long-names", lambda: render_proxy_forms(replace(proxies(), form=long), members)
    yield "proxy-en", lambda: render_proxy_forms(english_proxies(), members)
    yield from _results()
    yield from _letters()


def _results() -> Iterator[tuple[str, Callable[[], bytes]]]:
    shapes = {
        "one": results(*ONE),
        "three": facts(),
        "twelve": results(*TWELVE),
        "elections": facts_with_elections(),
        "opinions": facts(opinions=opinions(40)),
        "corrected": corrected(1),
        "corrected-twelve": corrected(12),
        "long-names": replace(facts_with_elections(), docket=_long_election(), sender=(NAME, NAME)),
        "many-changes": corrected(30),
        "signers": facts(signers=SIGNERS, result_json=b"{}"),
    }
    for shape, given in shapes.items():
        yield f"summary-{shape}", lambda given=given: render_summary(given)
        yield f"result-{shape}", lambda given=given: render_result(given)
        yield f"result-{shape}-en", lambda given=given: render_result(given, language="en")
    for level, named in (("L0", True), ("L1", False)):
        called = facts_with_roll_call(is_named=named, disclosure=level)
        yield f"roll-call-{level}", lambda called=called: render_result(called)
        yield f"roll-call-{level}-en", lambda called=called: render_result(called, language="en")
    yield "roll-call-L2", lambda: render_result(facts(disclosure="L2"))


def _long_election() -> Docket:
    found, given = long_docket(), facts_with_elections().docket
    return replace(given, body=found.body, assembly=found.assembly)


def _long_handover(facts: HandoverFacts) -> HandoverFacts:
    """Bodies, signers, places and persons with names as long as they come."""
    return replace(
        facts,
        docket=long_docket(),
        keys=tuple(replace(each, name=NAME) for each in facts.keys),
        things=tuple(replace(each, where=NAME, who=NAME) for each in facts.things),
        officers=((NAME, *facts.officers[0][1:]), *facts.officers[1:]),
    )


def _letters() -> Iterator[tuple[str, Callable[[], bytes]]]:
    receipt = replace(
        RECEIPT, member=NAME, choices=tuple((f"第{n}号議案　議案{n}について", "賛成") for n in range(1, 13))
    )
    yield "receipt", lambda: render_receipt(RECEIPT)
    yield "receipt-twelve", lambda: render_receipt(receipt)
    yield "receipt-en", lambda: render_receipt(ENGLISH)
    yield "minutes", lambda: render_minutes(seed())
    yield "minutes-one-signer", lambda: render_minutes(made(facts(result_json=b"{}"), signers=SIGNERS[:1]))
    yield "minutes-twelve", lambda: render_minutes(twelve())
    yield "minutes-elections", lambda: render_minutes(with_elections())
    yield "minutes-en", lambda: render_minutes(english_minutes())
    yield "minutes-draft", lambda: render_minutes(made(facts(result_json=b"{}"), is_draft=True))
    yield "receipt-long-names", lambda: render_receipt(replace(RECEIPT, docket=long_docket(), member=NAME))
    where = (*several(12), addressed(13, name=NAME))
    for sheet in (12, 24):
        yield (
            f"labels-{sheet}",
            lambda sheet=sheet: render_labels("宛名ラベル", "架空協議会", where, sheet=sheet, used=2),
        )
    yield "covers", lambda: render_covers(COVER, where[-2:])
    yield "fax-covers", lambda: render_covers(replace(COVER, way=Way.FAX), where[-2:])
    yield "covers-long-names", lambda: render_covers(replace(COVER, enclosed=(NAME, "議案書")), where[-2:])
    yield "covers-en", lambda: render_covers(english_cover(), where[-2:])
    yield "fax-covers-en", lambda: render_covers(english_cover(Way.FAX), where[-2:])
    wide = replace(english_cover(Way.FAX, pages=3), docket=long_docket(), enclosed=(NAME,) * 3)
    yield "covers-long-names-en", lambda: render_covers(replace(wide, way=Way.POST), where[-2:])
    yield "fax-covers-long-names-en", lambda: render_covers(wide, where[-2:])
    yield "errata", lambda: render_errata(errata())
    yield "errata-twelve", lambda: render_errata(errata(12, 4))
    yield "errata-en", lambda: render_errata(english_errata(2))
    yield "replies", lambda: render_replies(replies())
    yield "replies-long", lambda: render_replies(replies(12, length=40))
    yield "replies-en", lambda: render_replies(english_replies())
    yield "correction", lambda: render_correction(correction())
    yield "correction-twelve", lambda: render_correction(correction(12, title=NAME))
    yield "correction-en", lambda: render_correction(english_correction())
    yield "handover", lambda: render_handover(handover())
    yield "handover-long", lambda: render_handover(handover(40, 30))
    yield "handover-one-en", lambda: render_handover(english_handover(1, 1))
    yield "handover-en", lambda: render_handover(english_handover())
    yield "handover-long-en", lambda: render_handover(_long_handover(english_handover(40, 30, name=NAME)))
    text = "\n\n".join(
        f"第{number}条　この規約は、架空の条文を定める。" + "条文が続く。" * 30 for number in range(1, 15)
    )
    yield "motion", lambda: render_motion_paper("架空協議会", "総会", 1, NAME, text)


def workbooks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every workbook.  Shape: name -> what makes it."""
    yield "result", lambda: render_xlsx(facts())
    yield "result-twelve", lambda: render_xlsx(results(*TWELVE))
    yield "result-elections", lambda: render_xlsx(facts_with_elections())
    lines = (*PARTICIPATION.lines, replace(PARTICIPATION.lines[0], name=NAME, remark="=1+1"))
    yield "participation", lambda: render_participation_xlsx(replace(PARTICIPATION, lines=lines * 20))
