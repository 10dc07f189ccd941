"""The report in English: the same numbers, names left in Japanese, and marked so."""

from dataclasses import replace

from hypothesis import given, settings

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from tests.documents import council
from tests.documents.council import facts, facts_with_elections, facts_with_roll_call
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.reading import text_of
from tests.services.test_roll_call import voters_of
from voting.core.result import Flag, MotionResult
from voting.core.tally import count
from voting.documents.facts import CategoryFacts, Opinion
from voting.documents.result_pdf import render_result
from voting.services.outcome.counting_facts import result_facts
from voting.services.outcome.roll_call import roll_call


def read(given, folder) -> str:
    return " ".join(text_of(render_result(given, language="en"), folder).split())


def test_it_says_the_same_in_english(tmp_path):
    text = read(facts(), tmp_path)

    for words in (
        "Result of 令和6年度臨時総会 (held in writing)",
        "from 27 September 2024, 00:00 to 4 October 2024, 23:59 (Japanese time)",
        "681 members with 681 votes on 27 September 2024",
        "413 members with 413 votes, 60.6% (Web 368, fax 27, post 18)",
        "Motion 1: 680 votes for (of these 268 deemed by silence), 1 against; carried",
        "Under 規約第12条第3項, 268 members (268 votes) that returned no ballot counted for every motion.",
        "412 votes for, 1 against (99.8% for). This would have been enough.",
        "It depended on motion 1: the condition was met.",
        "at least 341 votes",
        council.LEDGER.result_sha256,
    ):
        assert words in text


def test_it_says_that_it_is_a_translation_and_carries_no_place_for_a_signature(tmp_path):
    pdf = render_result(facts(signers=("全国二地域居住等促進協議会",)), language="en")

    assert "Translation for reference. The signed report in Japanese prevails." in read(facts(), tmp_path)
    assert is_unsigned(pdf)


def test_the_paper_is_english_and_its_japanese_is_marked_as_such():
    pdf = render_result(facts_with_elections(), language="en")

    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert len(spans(pdf)) >= 5
    assert spans(render_result(facts())) == []


def test_names_and_titles_stay_as_they_are(tmp_path):
    text = read(facts_with_elections(), tmp_path)

    assert "葛\U000e0100城市 240 240 elected" in text
    assert "監事の選出について (2 to be elected)" in text


def test_what_people_wrote_is_left_to_the_report_in_japanese(tmp_path):
    text = read(facts(opinions=(Opinion(text="事業を広げてほしい。"),)), tmp_path)

    assert "事業を広げてほしい" not in text
    assert "Opinions 1, printed in the report in Japanese." in text


def test_warnings_stand_in_a_frame(tmp_path):
    given_ = replace(
        facts(),
        result=replace(
            council.result(),
            motions=tuple(
                MotionResult(one.number, one.title, council.counted(council.SEED, flags=tuple(Flag)))
                for one in council.COUNCIL_MOTIONS
            ),
        ),
    )

    text = read(given_, tmp_path)

    assert "On every motion deemed votes decided" in text
    assert "Only 60.6% of the members returned a ballot" in text


def test_the_roll_call_has_names_or_marks(tmp_path):
    named, unnamed = (read(facts_with_roll_call(is_named=is_named), tmp_path) for is_named in (True, False))

    assert "M0412 架空412町 Against Against Against" in named
    assert "M0680 架空680町 For (s) For (s) For (s)" in named
    assert "架空412町" not in unnamed and "Names are not published." in unnamed


@settings(max_examples=60)
@given(worlds())
def test_no_assembly_has_a_word_that_is_missing_in_english(invented: World) -> None:
    docket, entries, known = docket_of(invented), roll_of(invented), facts_of(invented)
    sent = ballots_of(invented)
    found = result_facts(
        docket, entries, sent, known, result=count(docket, entries, sent, known), content=b"{}"
    )
    named = replace(
        found,
        categories=found.categories
        or (
            CategoryFacts(
                name="",
                roll_members=entries.members,
                roll_votes=entries.votes,
                returned_members=0,
                returned_votes=0,
            ),
        ),
        roll_call=roll_call(docket, voters_of(docket, entries), sent, known, disclosure="L0"),
    )

    assert render_result(named, language="en").startswith(b"%PDF-")


def test_the_same_facts_give_the_same_bytes():
    assert render_result(facts(), language="en") == render_result(facts(), language="en")


def test_nothing_of_ours_is_left_in_japanese(tmp_path):
    """With names and titles in Latin letters the only Japanese left is what the body and its clauses say."""
    text = read(facts(), tmp_path)

    known = (
        "全国二地域居住等促進協議会事務局(電話 03-0000-0000、電子メール office@example.jp)",
        "令和6年度臨時総会",
        "規約第12条第3項",
        "共同代表 長野県、監事 田辺市、監事 那須町",
        "会長　長野県",
        "全二協第48号",
        *(motion.title for motion in council.MOTIONS),
    )
    assert left_in_japanese(text, known) == []
