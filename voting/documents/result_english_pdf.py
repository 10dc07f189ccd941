"""The result report in English: a translation from the same facts, for readers abroad.

It is not signed, and says so: the Japanese report is the one that the ledger names.  Names of members, titles
of motions, clauses and what people wrote stay Japanese, and are marked so for who has it read out.
"""

from collections.abc import Callable

from voting.core.result import ConfidenceResult, MotionResult, PluralityResult
from voting.documents.archive import Attachment
from voting.documents.facts import ResultFacts
from voting.documents.page import Paper
from voting.documents.result_annex_tables import category_table, channel_table, detail_table
from voting.documents.result_elections import put_table
from voting.documents.result_tables import asked, bars, brief, check_sums, main_table, plurality_table, shades
from voting.documents.roll_call_tables import put_roll_call, roll_call_tables
from voting.documents.typeface import drawable
from voting.wording import Question, percent, questions
from voting.wording import numbers_english as english
from voting.wording import outcomes as outcomes_of
from voting.wording import periods_english as periods
from voting.wording import results_english as notes
from voting.wording.english_terms import IN_ENGLISH, translation

_BARS = 10
_RESULT = 2.4  # share of the outcome's column: its words must not be broken
_LEGEND = (
    "(s) deemed by silence, (b) deemed by a blank on a ballot, (p) by a proxy.",
    "Left out: came late, not reached by a notice, or left the body. Barred: has an interest in the motion. "
    "Not counted: neither for nor against.",
)
_UNNAMED = (
    "Names are not published. Each member finds its own mark (the first 16 digits) on its page after the "
    "result, and nobody else does. The order is that of the marks, not of the roll."
)


def render_result_english(facts: ResultFacts) -> bytes:
    """The report in English as a PDF.  The same facts give the same bytes.

    Raises  SumsDisagree; NoGlyph.
    """
    check_sums(facts)
    assembly, body = facts.docket.assembly.title, facts.docket.body.name
    attached = (
        (Attachment("result.json", "application/json", "result", facts.result_json),)
        if facts.result_json is not None
        else ()
    )
    paper = Paper(
        title=f"Result of {assembly} (held in writing)",
        author=body,
        foot=f"{body}　{assembly}　Result",
        corner=f"Version {facts.version}" if facts.version > 1 else "",
        language=IN_ENGLISH.tag,
        attachments=attached,
    )
    _head(paper, facts)
    _returns(paper, facts)
    _decisions(paper, facts)
    _elections(paper, facts)
    _opinions(paper, facts)
    _verification(paper, facts)
    _annexes(paper, facts)
    return paper.finish()


def _head(paper: Paper, facts: ResultFacts) -> None:
    issued = periods.day(facts.issued_on) if facts.issued_on else ""
    paper.letterhead(number=facts.document_number, date=issued, sender=facts.sender)
    paper.title(f"Result of {facts.docket.assembly.title} (held in writing)")
    digest = facts.ledger.result_sha256 if facts.ledger else ""
    belongs = (f"It belongs to the result.json with the SHA-256 {digest}",) if digest else ()
    paper.exact((translation("結果報告書"), *belongs))
    if facts.correction:
        paper.boxed(_correction(facts))
    for head, texts in (
        ("Changes after the rules were fixed (in Japanese)", facts.amendments),
        ("Incidents (in Japanese)", facts.incidents),
    ):
        if texts:
            paper.boxed((head, *(drawable(text) for text in texts)))


def _correction(facts: ResultFacts) -> tuple[str, ...]:
    correction = facts.correction
    if correction is None:
        return ()
    changed = "The outcome of a motion changed." if correction.outcomes_changed else "No outcome changed."
    why = (f"Reason (in Japanese): {drawable(correction.reason)}",) if correction.reason else ()
    return (
        f"Version {facts.version} takes the place of the result of {periods.day(correction.of)}. {changed}",
        *why,
        "The report in Japanese sets the wrong and the right numbers beside each other.",
    )


def _returns(paper: Paper, facts: ResultFacts) -> None:
    result, schedule = facts.result, facts.docket.assembly.schedule
    paper.item("Period", periods.period(schedule))
    roll = f"{english.members(result.roll_members)} with {english.votes(result.roll_votes)}"
    paper.item("Roll", f"{roll} on {periods.day(schedule.record_date)}")
    share = percent(result.returned_members, result.roll_members) if result.roll_members else "0%"
    sent = f"{english.members(result.returned_members)} with {english.votes(result.returned_votes)}, {share}"
    ways = ", ".join(
        f"{IN_ENGLISH.channel(channel)} {number:,}" for channel, number in facts.channels if number
    )
    others = [
        f"{english.members(number)} {what}"
        for what, number in (
            ("by proxy (of those above)", facts.proxies),
            ("silent", result.roll_members - result.returned_members),
            ("too late", facts.refused_late),
            ("not reached by a notice", facts.undelivered),
            ("left the body", facts.left),
        )
        if number
    ]
    paper.item("Returned", sent, *((f"({ways})",) if ways else ()), *others)
    paper.item("Quorum", english.quorum(facts.docket, result.quorum))


def _decisions(paper: Paper, facts: ResultFacts) -> None:
    rows = asked(facts, persons=False)
    lines = (
        f"{english.label(row)}: {english.count_line(row.count)}; "
        f"{english.outcome(row.count.outcome, row.words)}"
        for row in rows
    )
    paper.item("Decisions", *lines)
    if rows:
        put_table(paper, brief(main_table(facts, rows, IN_ENGLISH), result=_RESULT))
        if len(rows) <= _BARS:
            paper.bars(shades(IN_ENGLISH), bars(rows, IN_ENGLISH))
    told = notes.rule_notes(facts.docket, facts.result)
    if told:
        paper.notes(told, mark="*")
    warnings = notes.flag_notes(facts.docket, facts.result)
    if warnings:
        paper.gap(6)
        paper.boxed(("To be known when reading this result", *warnings))
    everything = questions(facts.docket, facts.result)
    if everything:
        paper.item(
            "Required", *_once(facts, lambda row: english.required(facts.docket, row.motion, row.count))
        )
        paper.item("As returned", *_once(facts, lambda row: english.without_deemed(row.count)))
    reasons = tuple(_reasons(facts))
    if reasons:
        paper.item("Reasons", *reasons)


def _once(facts: ResultFacts, says: Callable[[Question], str]) -> tuple[str, ...]:
    """What is said of each question, the same on several questions once."""
    rows = questions(facts.docket, facts.result)
    everything = [english.label(row) for row in rows]
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(says(row), []).append(english.label(row))
    return tuple(f"On {notes.where(labels, everything)}: {text}" for text, labels in said.items())


def _reasons(facts: ResultFacts) -> list[str]:
    known = outcomes_of(facts.result)
    found = []
    for one in facts.result.motions:
        motion = facts.docket.motion(one.number)
        told = english.condition(motion, known)
        if told or english.needs_reason(one.outcome):
            found.append(f"Motion {one.number}: {english.reason(facts.docket, motion, one)} {told}".rstrip())
    return found


def _elections(paper: Paper, facts: ResultFacts) -> None:
    elections = [one for one in facts.result.motions if facts.docket.motion(one.number).method]
    if not elections:
        return
    paper.item("Elections")
    for one in elections:
        motion = facts.docket.motion(one.number)
        paper.text_line(f"Motion {one.number}: {one.title} ({motion.seats} to be elected)")
        if isinstance(one, ConfidenceResult):
            rows = [row for row in asked(facts, persons=True) if row.motion.number == one.number]
            put_table(paper, brief(main_table(facts, rows, IN_ENGLISH), result=_RESULT))
        if isinstance(one, PluralityResult):
            put_table(paper, plurality_table(one, IN_ENGLISH))
        elected = (
            one.elected
            if isinstance(one, MotionResult)
            else tuple(each.name for each in one.candidates if each.elected)
        )
        paper.definitions((("Elected", "、".join(elected) if elected else "nobody"),))


def _opinions(paper: Paper, facts: ResultFacts) -> None:
    if facts.opinions:
        number = len(facts.opinions)
        paper.item("Opinions", f"{number:,}, printed in the report in Japanese.")


def _verification(paper: Paper, facts: ResultFacts) -> None:
    names = "、".join((*facts.certified_by, *facts.witnesses))
    if names:
        when = f"{periods.day(facts.certified_on)}, " if facts.certified_on else ""
        paper.item("Certified", f"{when}{names}")
    if facts.contact:
        paper.item("Contact", facts.contact)
    if facts.disclosure:
        paper.item("Disclosure", english.DISCLOSURES[facts.disclosure])
    ledger = facts.ledger
    if ledger is None:
        return
    paper.item(
        "Verification",
        f"This result rests on the first {ledger.size:,} entries of a signed record. Everybody can count it "
        "anew from there, and compare these values with a receipt.",
    )
    paper.exact(
        (
            f"Record: {ledger.origin}",
            f"Key: {ledger.vkey}",
            "Checkpoint:",
            *ledger.checkpoint.split("\n")[:3],
            f"SHA-256 of result.json: {ledger.result_sha256}",
            *notes.witness_lines(ledger.cosignatures),
        )
    )


def _annexes(paper: Paper, facts: ResultFacts) -> None:
    if questions(facts.docket, facts.result):
        paper.break_page()
        for title, table in (
            ("Annex: votes by where they come from", detail_table(facts, IN_ENGLISH)),
            ("Annex: votes by category of members", category_table(facts, IN_ENGLISH)),
            ("Annex: votes by way of submission", channel_table(facts, IN_ENGLISH)),
        ):
            if table is not None:
                paper.heading(title)
                put_table(paper, table)
    tables = tuple(roll_call_tables(facts, IN_ENGLISH))
    if tables:
        paper.break_page()
        paper.heading("Annex: roll call")
        named = facts.roll_call is not None and facts.roll_call.is_named
        paper.notes(_LEGEND if named else (_UNNAMED, *_LEGEND), mark="*")
        put_roll_call(paper, tables)
