"""結果の概要: the one page of a result for the public and the press, from the facts of the full report.

Rule    as few pages as there can be, and on these as much as there can be.  Up to three motions stand on
        one A4 page with everything that is said here.  Where that would take another page, lines are set
        closer, in type of the same size; where that is not enough, there are left out, in this order: the
        bars; what the rules did, which the full report says at length; the count without deemed votes.  A
        last line says what was left out.  Twelve motions take one page; what does not fit so either (twelve
        titles of several lines) goes on.  Numbers, outcomes, warnings and the digest are never left out.
Source  domain.md 3.4.3.
"""

from collections.abc import Callable, Iterator
from itertools import product

from voting.core.japanese_dates import wareki
from voting.core.result import PluralityResult
from voting.documents.archive import Attachment
from voting.documents.facts import ResultFacts
from voting.documents.page import Paper
from voting.documents.result_elections import put_table
from voting.documents.result_pdf import correction_lines, returned_lines
from voting.documents.result_tables import (
    asked,
    bars,
    brief,
    check_sums,
    main_table,
    on_one_line,
    plurality_table,
    shades,
)
from voting.documents.signature_block import put_signatures
from voting.documents.spacing import LETTER, SPACINGS, Spacing
from voting.documents.typeface import drawable
from voting.wording import (
    Question,
    flag_notes,
    labels_text,
    members_words,
    motion_label,
    outcome_sentence,
    period_text,
    questions,
    quorum_text,
    requirement,
    rule_notes,
    votes_words,
    without_deemed,
)

BARS, RULES, REFERENCE = "棒グラフ", "規則の取扱い", "みなしを除く集計"


_Left = tuple[str, ...]  # what a page leaves out

_LEFT_OUT: tuple[_Left, ...] = ((), (BARS,), (BARS, RULES), (BARS, RULES, REFERENCE))


def render_summary(facts: ResultFacts) -> bytes:
    """The summary as a PDF.  The same facts give the same bytes.

    Raises  SumsDisagree; NoGlyph.
    """
    check_sums(facts)
    settings = (_written(facts, left, spacing) for left, spacing in product(_LEFT_OUT, SPACINGS))
    best = next(settings)
    while best.page_count > 1 and (closer := next(settings, None)):
        best = closer if closer.page_count < best.page_count else best
    return best.finish()


def _written(facts: ResultFacts, left: _Left, spacing: Spacing) -> Paper:
    assembly, body = facts.docket.assembly, facts.docket.body
    attached = (
        (Attachment("result.json", "application/json", "集計結果", facts.result_json),)
        if facts.result_json is not None
        else ()
    )
    paper = Paper(
        title=f"{assembly.title}(書面開催)の結果の概要",
        author=body.name,
        foot=f"{body.name}　{assembly.title}　結果の概要",
        corner=f"訂正版(第{facts.version}版)" if facts.version > 1 else "",
        attachments=attached,
    )
    paper.spacing = spacing
    _head(paper, facts)
    _returns(paper, facts)
    _decisions(paper, facts, left)
    _references(paper, facts, left)
    _checked(paper, facts, left)
    return paper


def _head(paper: Paper, facts: ResultFacts) -> None:
    """Number and date, the body, the subject; what must not be overlooked before any number."""
    day = wareki(facts.issued_on, weekday=False) if facts.issued_on else ""
    paper.letterhead(number=facts.document_number, date=day, sender=(facts.docket.body.name,), compact=True)
    paper.title(f"{facts.docket.assembly.title}(書面開催)の結果の概要")
    if facts.correction:
        paper.boxed(correction_lines(facts))
    for head, texts in (("議決規則確定後の変更", facts.amendments), ("受付の障害", facts.incidents)):
        if texts:
            paper.boxed((head, *(f"・{drawable(text)}" for text in texts)))


def _returns(paper: Paper, facts: ResultFacts) -> None:
    result, schedule = facts.result, facts.docket.assembly.schedule
    roll = f"{members_words(result.roll_members)}(議決権の数 {votes_words(result.roll_votes)})"
    paper.item("期間", period_text(schedule))
    paper.item("会員総数", f"{roll}　基準日 {wareki(schedule.record_date, weekday=True)}")
    paper.item("提出状況", *returned_lines(facts)[:2])
    paper.item("総会の成立", quorum_text(facts.docket, facts.result))


def _decisions(paper: Paper, facts: ResultFacts, left: _Left) -> None:
    paper.item("議決の結果")
    for persons in (False, True):
        rows = asked(facts, persons=persons)
        if rows:
            table = brief(main_table(facts, rows))
            put_table(paper, table if paper.spacing is LETTER else on_one_line(table))
            if BARS not in left:
                paper.bars(shades(), bars(rows))
    for one in facts.result.motions:
        if isinstance(one, PluralityResult):
            paper.text_line(f"{motion_label(one)}　{one.title}")
            put_table(paper, plurality_table(one))
    warnings = flag_notes(facts.docket, facts.result)
    if warnings:
        paper.boxed(("この結果を読むに当たっての注意", *(f"・{text}" for text in warnings)))


def _references(paper: Paper, facts: ResultFacts, left: _Left) -> None:
    docket, result = facts.docket, facts.result
    notes = [*_required(facts)]
    notes += [
        f"{motion_label(one)}　{outcome_sentence(docket, docket.motion(one.number), one)}"
        for one in result.motions
        if docket.motion(one.number).method is not None
    ]
    if RULES not in left:
        notes += rule_notes(docket, result)
    if REFERENCE not in left:
        notes += _without_deemed(facts)
    if notes:
        paper.notes(notes)
        paper.gap(4)


def _required(facts: ResultFacts) -> Iterator[str]:
    for where, text in _once(facts, lambda row: requirement(facts.docket, row.motion, row.count)):
        yield f"議決要件　{where}　{text}"


def _without_deemed(facts: ResultFacts) -> Iterator[str]:
    for where, text in _once(facts, lambda row: without_deemed(row.count, row.words)):
        yield f"みなしを除く集計(参考)　{where}　{text}"


def _once(facts: ResultFacts, says: Callable[[Question], str]) -> Iterator[tuple[str, str]]:
    """What is said of each question, the same on several questions once, with their names."""
    rows = questions(facts.docket, facts.result)
    everything = tuple(row.label for row in rows)
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(says(row), []).append(row.label)
    for text, labels in said.items():
        yield labels_text(labels, everything), text


def _checked(paper: Paper, facts: ResultFacts, left: _Left) -> None:
    """Who stands for it, what it belongs to, and where the rest is said."""
    lines = []
    if facts.certified_by or facts.witnesses:
        day = f"{wareki(facts.certified_on, weekday=True)}　" if facts.certified_on else ""
        lines.append(f"認証　{day}{'、'.join((*facts.certified_by, *facts.witnesses))}")
    if facts.contact:
        lines.append(f"連絡先　{facts.contact}")
    if facts.ledger is not None:
        lines.append(f"result.json の SHA-256　{facts.ledger.result_sha256}")
    missing = f"ここに記載しない{'、'.join(left)}のほか、" if left else ""
    lines.append(f"{missing}根拠、内訳、意見及び検証の方法は、結果報告(全文)にあります。")
    paper.notes(lines, mark="")
    if facts.signers:
        paper.gap(6)
        put_signatures(paper, facts.signers, across=3)
