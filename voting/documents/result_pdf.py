"""結果報告: the report of a result, line by line in the order that members' offices expect.

Order   number, date, addressee, sender; subject; basis; period; roll; returns; quorum; the table; what the
        rules did; without deemed votes; conditions; elections; opinions; who counted and checked; contact;
        how to verify; then the annexes with every number.
"""

from voting.core.japanese_dates import wareki
from voting.core.result import Outcome
from voting.documents.archive import Attachment
from voting.documents.facts import ResultFacts
from voting.documents.page import Paper
from voting.documents.result_annexes import put_annexes
from voting.documents.result_elections import put_elections, put_table
from voting.documents.result_english_pdf import render_result_english
from voting.documents.result_tables import asked, bars, check_sums, main_table, shades
from voting.documents.signature_block import SAID, put_signatures
from voting.documents.typeface import drawable
from voting.wording import (
    CLAUSE_NAMES,
    DISCLOSURES,
    channel_word,
    condition_text,
    count_line,
    flag_notes,
    labels_text,
    members_words,
    motion_label,
    outcome_sentence,
    outcome_word,
    outcomes,
    percent,
    period_text,
    questions,
    quorum_text,
    result_lines,
    rule_notes,
    votes_words,
    without_deemed,
)

JAPANESE, ENGLISH = "ja", "en"
_BARS = 10  # more of them say less than the table


def render_result(facts: ResultFacts, *, language: str = JAPANESE) -> bytes:
    """The report as a PDF.  The same facts give the same bytes.

    Shape   *language* is ja; or en, a translation that carries no signature.
    Raises  SumsDisagree; NoGlyph, with the text that cannot be printed.
    """
    if language == ENGLISH:
        return render_result_english(facts)
    check_sums(facts)
    assembly = facts.docket.assembly
    title = f"{assembly.title}(書面開催)の結果について(報告)"
    attached = (
        (Attachment("result.json", "application/json", "集計結果", facts.result_json),)
        if facts.result_json is not None
        else ()
    )
    paper = Paper(
        title=title,
        author=facts.docket.body.name,
        foot=f"{facts.docket.body.name}　{assembly.title}　結果報告",
        corner=f"訂正版(第{facts.version}版)" if facts.version > 1 else "",
        attachments=attached,
    )
    _letter(paper, facts, title)
    _basis_and_period(paper, facts)
    _returns(paper, facts)
    _decisions(paper, facts)
    _references(paper, facts)
    put_elections(paper, facts)
    _opinions(paper, facts)
    _checked_by(paper, facts)
    _verification(paper, facts)
    if facts.signers:
        paper.item("電子署名", SAID)
        put_signatures(paper, facts.signers)
    paper.right("以上")
    put_annexes(paper, facts)
    return paper.finish()


def _letter(paper: Paper, facts: ResultFacts, title: str) -> None:
    paper.letterhead(
        number=facts.document_number,
        date=wareki(facts.issued_on, weekday=False) if facts.issued_on else "",
        to=facts.to,
        sender=facts.sender,
        seal=facts.seal if facts.sender else "",
    )
    paper.title(title)
    if facts.correction:
        paper.boxed(correction_lines(facts))
    if facts.amendments:
        paper.boxed(("議決規則確定後の変更", *facts.amendments))
    if facts.incidents:
        paper.boxed(("受付の障害", *(f"・{drawable(text)}" for text in facts.incidents)))
    period = period_text(facts.docket.assembly.schedule)
    paper.paragraph(
        f"{period}の期間において書面により開催した{facts.docket.assembly.title}について、"
        "表決の結果を下記のとおり報告します。"
    )
    paper.centre("記")


def correction_lines(facts: ResultFacts) -> tuple[str, ...]:
    """What a corrected result says of the one before; nothing in a first version."""
    correction = facts.correction
    if correction is None:
        return ()
    changes = (text for wrong, right in correction.changes for text in (f"(誤) {wrong}", f"(正) {right}"))
    end = (
        "議案の可否に変更があります。" if correction.outcomes_changed else "各議案の可否に変更はありません。"
    )
    day = wareki(correction.of, weekday=True)
    fault = "に誤りがありましたので、次のとおり訂正します" if correction.changes else "の報告書を改めます"
    reason = (f"理由　{drawable(correction.reason)}",) if correction.reason else ()
    return (f"{day}付けで公表した結果(第{facts.version - 1}版){fault}。", *reason, *changes, end)


def _basis_and_period(paper: Paper, facts: ResultFacts) -> None:
    docket, result = facts.docket, facts.result
    basis = [
        f"{name}　{docket.rules.clauses[key]}"
        for key, name in CLAUSE_NAMES.items()
        if key in docket.rules.clauses
    ]
    if basis:
        paper.item("根拠", *basis)
    paper.item("期間", period_text(docket.assembly.schedule))
    roll = f"{members_words(result.roll_members)}(議決権の数 {votes_words(result.roll_votes)})"
    categories = [
        f"{category.name}　{members_words(category.roll_members)}({votes_words(category.roll_votes)})"
        for category in facts.categories
    ]
    paper.item("基準日", wareki(docket.assembly.schedule.record_date, weekday=True))
    paper.item("会員総数", roll, *categories)


def _returns(paper: Paper, facts: ResultFacts) -> None:
    paper.item("提出状況", *returned_lines(facts))
    paper.item("総会の成立", quorum_text(facts.docket, facts.result))


def returned_lines(facts: ResultFacts) -> tuple[str, ...]:
    """How many answered, in which ways; then who was silent, late, unreached, gone."""
    result = facts.result
    ways = [f"{channel_word(channel)}{members:,}" for channel, members in facts.channels if members]
    share = percent(result.returned_members, result.roll_members) if result.roll_members else "0%"
    sent = (
        f"提出　{members_words(result.returned_members)}({votes_words(result.returned_votes)})、提出率{share}"
    )
    lines = [sent]
    if ways:
        lines.append(f"(うち{'、'.join(ways)})")
    if facts.proxies:
        lines.append(f"委任　{members_words(facts.proxies)}(提出の内数)")
    lines.append(f"未提出　{members_words(result.roll_members - result.returned_members)}")
    for name, members in (
        ("期限後到着", facts.refused_late),
        ("通知の未着", facts.undelivered),
        ("退会", facts.left),
    ):
        if members:
            lines.append(f"{name}　{members_words(members)}")
    return tuple(lines)


def _decisions(paper: Paper, facts: ResultFacts) -> None:
    """Items 8 and 9: the table, the bars, and what the rules did to the numbers."""
    docket, result = facts.docket, facts.result
    rows = asked(facts, persons=False)
    # The line that members know from before, now with its parts; the table says the same in figures.
    lines = (
        f"{row.label} {count_line(row.count, row.words)} {outcome_word(row.count.outcome, row.words)}"
        for row in rows
    )
    paper.item("議決の結果", *lines)
    if rows:
        put_table(paper, main_table(facts, rows))
        if len(rows) <= _BARS:
            paper.bars(shades(), bars(rows))
    notes = (
        f"各議案の計は、基準日の議決権の総数{votes_words(result.roll_votes)}と一致します。",
        *rule_notes(docket, result),
    )
    paper.notes(notes)
    warnings = flag_notes(docket, result)
    if warnings:
        paper.gap(6)
        paper.boxed(("この結果を読むに当たっての注意", *(f"・{text}" for text in warnings)))


def _references(paper: Paper, facts: ResultFacts) -> None:
    """Items 10 and 11: the count without deemed votes, reasons and conditions."""
    docket, result = facts.docket, facts.result
    rows = questions(docket, result)
    everything = tuple(row.label for row in rows)
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(without_deemed(row.count, row.words), []).append(row.label)
    if said:
        paper.item(
            "みなしを除く集計",
            *(f"{labels_text(labels, everything)}　{text}" for text, labels in said.items()),
        )
    known = outcomes(result)
    reasons = []
    for one in result.motions:
        motion = docket.motion(one.number)
        # A condition that failed is told once, by the sentence on the condition.
        told = one.outcome in (Outcome.CARRIED, Outcome.CONDITION_FAILED) or motion.method is not None
        if not told:
            reasons.append(f"{motion_label(motion)}　{outcome_sentence(docket, motion, one)}")
        if motion.depends_on:
            reasons.append(f"{motion_label(motion)}　{condition_text(docket, motion, known)}")
    if reasons:
        paper.item("可否の理由等", *reasons)


def _opinions(paper: Paper, facts: ResultFacts) -> None:
    if not facts.opinions:
        return
    paper.item("寄せられた意見", f"{len(facts.opinions):,}件")
    for opinion in facts.opinions:
        who = f"({opinion.member})" if opinion.member else ""
        paper.definitions((("意見", f"{drawable(opinion.text)}{who}"),))
        if opinion.answer:
            paper.definitions((("回答", opinion.answer),))


def _checked_by(paper: Paper, facts: ResultFacts) -> None:
    lines = [
        "受け付けた表決書を、確定した名簿及び議決規則に基づき、集計プログラムにより計算しました。",
        "名簿、議決規則及び表決書から同じ結果が得られることを、誰でも確かめることができます。",
    ]
    if facts.certified_by:
        day = f"{wareki(facts.certified_on, weekday=True)}　" if facts.certified_on else ""
        lines.append(f"認証　{day}{'、'.join(facts.certified_by)}")
    if facts.witnesses:
        lines.append(f"立会い　{'、'.join(facts.witnesses)}")
    paper.item("集計及び確認", *lines)
    if facts.contact:
        paper.item("担当及び連絡先", facts.contact)


def _verification(paper: Paper, facts: ResultFacts) -> None:
    if facts.disclosure:
        paper.item("表決内容の公開", DISCLOSURES[facts.disclosure])
    ledger = facts.ledger
    if ledger is None:
        return
    paper.item(
        "記録の検証",
        f"この結果は、署名付き記録の先頭から{ledger.size:,}件に基づきます(第{facts.version}版)。"
        "お手元の受付票及び次の値と照合することができます。",
    )
    paper.exact(
        (
            f"記録の名称　{ledger.origin}",
            f"検証鍵　{ledger.vkey}",
            "チェックポイント",
            *ledger.checkpoint.split("\n")[:3],
            f"result.json の SHA-256　{ledger.result_sha256}",
            *(() if ledger.cosignatures.witnesses else result_lines(ledger.cosignatures)),
        )
    )
    if ledger.cosignatures.witnesses:
        # An item of its own: in the frame, which is never split, it would move the whole frame on.
        paper.item("記録の立会人", *result_lines(ledger.cosignatures, at="認証の時点で、"))
