"""委任状: one page, who may be named, and what a member must know before it names somebody."""

import io
from dataclasses import replace

import pikepdf
import pytest
import zxingcpp

from tests.documents.archives import failures
from tests.documents.council import CLAUSES, docket
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.forms import FORM, english, member, members
from tests.documents.reading import squeezed, text_of
from tests.documents.test_ballot_form_pdf import as_faxed
from voting.core.motions import Motion
from voting.documents.ballot_form_pdf import FormTooLong
from voting.documents.facts_form import ProxyFacts
from voting.documents.proxy_form_pdf import render_proxy_forms
from voting.wording import proxy_notes


def proxies(
    *motions: Motion, chair: str = "議長　会長　長野県知事　架空 太郎", to_member: bool = True
) -> ProxyFacts:
    asked = docket(*motions)
    notes = proxy_notes(asked, chair=bool(chair), member=to_member)
    return ProxyFacts(
        form=replace(FORM, docket=asked, notes=notes), clause="規約第14条", chair=chair, to_member=to_member
    )


def english_proxies(*motions: Motion, chair: bool = True, to_member: bool = True) -> ProxyFacts:
    facts = proxies(*motions, chair="The chair: 長野県知事　架空 太郎" if chair else "", to_member=to_member)
    form = english(facts.form)
    notes = form.say.proxy_notes(form.docket, chair=chair, member=to_member)
    return replace(facts, form=replace(form, notes=notes))


def read(facts: ProxyFacts, folder) -> str:
    return squeezed(text_of(render_proxy_forms(facts, members(1)), folder))


def test_the_form_says_its_lines_in_their_order(tmp_path):
    text = read(proxies(), tmp_path)

    order = (
        "令和年月日",
        "会長様",
        "会員番号M0001",
        "団体名架空1町",
        "代表者職氏名",
        "委任状",
        "規約第14条により、次の者を代理人と定め、",
        "議長会長長野県知事架空太郎",
        "会員番号・団体名",
        "第1号議案",
        "※",
        "提出期限令和6年10月4日(金)23時59分必着",
        "FAX",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_to_the_chair_alone_there_is_no_line_for_anybody_else(tmp_path):
    text = read(proxies(to_member=False), tmp_path)

    assert "会員番号・団体名" not in text
    assert "議長の決定に従って数えます" in text
    assert "記入がないときは、議長を受任者とする" in text


def test_to_a_member_alone_a_form_without_a_name_is_void(tmp_path):
    text = read(proxies(chair=""), tmp_path)

    assert "会員番号・団体名" in text
    assert "受任者の欄に記入がない委任状は、無効とします。" in text
    assert "委任者の書面表決書を、この委任状を添えて" in text
    assert "議長" not in text


def test_a_fax_leaves_the_office_s_code_readable(tmp_path):
    (found,) = zxingcpp.read_barcodes(as_faxed(render_proxy_forms(proxies(), members(1)), tmp_path))

    assert found.text == member(1).qr


def test_twelve_motions_and_a_name_of_eighty_characters_still_fit_on_one_page(tmp_path):
    motions = tuple(Motion(number, f"議案その{number}について") for number in range(1, 13))
    name = "架空広域連合" * 13 + "組合"

    pdf = render_proxy_forms(proxies(*motions), [member(1, name)])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
    text = squeezed(text_of(pdf, tmp_path))
    assert name in text.replace("団体名", "", 1)  # the label stands beside the second of three lines
    assert text.count("委任します") == 12 + 1


def test_too_many_motions_are_refused_and_never_cut_off():
    motions = tuple(Motion(number, "題名" * 40) for number in range(1, 40))

    with pytest.raises(FormTooLong):
        render_proxy_forms(proxies(*motions), members(1))


def test_a_motion_the_member_does_not_vote_on_is_not_given_to_anybody(tmp_path):
    barred = replace(member(1), barred=frozenset({2}))

    text = squeezed(text_of(render_proxy_forms(proxies(), [barred]), tmp_path))

    assert text.count("表決に加わりません") == 1
    assert text.count("委任します") == 2 + 1


@pytest.mark.parametrize("facts", [proxies(), proxies(chair=""), proxies(to_member=False)])
def test_the_form_can_be_archived_and_read_out(facts):
    pdf = render_proxy_forms(facts, members(2))

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_proxy_forms(facts, members(2))


@pytest.mark.parametrize(("chair", "to_member"), [(True, True), (True, False), (False, True)])
def test_the_translation_says_who_may_be_named_and_which_form_to_return(tmp_path, chair, to_member):
    pdf = render_proxy_forms(english_proxies(chair=chair, to_member=to_member), members(1))

    text = " ".join(text_of(pdf, tmp_path).split())
    assert "The proxy form in Japanese prevails. Return that one; this page is for reading only." in text
    assert "Under 規約第14条, I name the person below" in text
    assert ("Where nobody is named, the chair is the proxy." in text) == chair
    assert ("Number, member" in text) == to_member
    assert ("A proxy form on which nobody is named is invalid." in text) == (not chair)
    assert text.count("by proxy") == 3
    given = (
        *(each.title for each in docket().motions),
        *CLAUSES.values(),
        *(where for _, where in FORM.ways),
        *(
            "規約第14条",
            "長野県知事　架空 太郎",
            FORM.to,
            docket().body.name,
            docket().assembly.title,
            "架空1町",
        ),
    )
    assert left_in_japanese(text, given) == []
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)


def test_the_translation_has_no_code_so_that_nobody_takes_it_for_the_form(tmp_path):
    pdf = render_proxy_forms(english_proxies(), [member(7)])

    assert zxingcpp.read_barcodes(as_faxed(pdf, tmp_path)) == []
    assert member(7).code not in text_of(pdf, tmp_path)


@pytest.mark.parametrize("chair", [True, False])
def test_what_fits_on_the_form_fits_on_its_translation(chair):
    longest, motions = 0, ()
    while True:
        motions = (*motions, Motion(len(motions) + 1, "議案について"))
        facts = proxies(*motions, chair="議長　架空 太郎" if chair else "")
        try:
            render_proxy_forms(facts, members(1))
        except FormTooLong:
            break
        longest = len(motions)

    fitting = english_proxies(*motions[:longest], chair=chair)

    assert longest >= 12
    with pikepdf.open(io.BytesIO(render_proxy_forms(fitting, members(1)))) as opened:
        assert len(opened.pages) == 1
