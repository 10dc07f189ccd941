"""LETTERHEAD.toml: everything has a default, and nothing that is misspelt becomes one."""

from datetime import date

import pytest

from tests.services.letterheads import LETTERHEAD
from voting.core.letterhead import Counter, Digits, Letterhead, PaperKind, Seal
from voting.sheets.letterhead_toml import LetterheadFaults, read_letterhead


def test_an_empty_file_is_all_defaults():
    assert read_letterhead("") == Letterhead()


def test_everything_that_can_be_set_is_read():
    found = read_letterhead(LETTERHEAD)

    assert found.seal is Seal.OMITTED
    assert found.numbers[PaperKind.MINUTES] == "架協第52号"
    assert found.dates[PaperKind.ERRATA] == date(2026, 6, 2)
    assert found.returns.post.startswith("〒")
    assert found.minutes.signers == ("chair", "auditor")
    assert found.enclosed == ("議案書", "書面表決書")


@pytest.mark.parametrize("digits", list(Digits))
@pytest.mark.parametrize("counter", list(Counter))
def test_figures_and_units_are_words(digits, counter):
    found = read_letterhead(f'[letter]\ndigits = "{digits}"\ncounter = "{counter}"\n')

    assert (found.digits, found.counter) == (digits, counter)


@pytest.mark.parametrize(
    ("source", "place", "said"),
    [
        ("[letter]\nsendr = []\n", "letter.sendr", "sender"),
        ("[leter]\n", "leter", "letter"),
        ('[letter]\nseal = "maybe"\n', "letter.seal", "omitted"),
        ('[letter]\ncounter = "枚"\n', "letter.counter", "団体"),
        ('[letter]\nto = "会員各位"\n', "letter.to", "一覧"),
        ('[letter]\nsender = ["甲\\n乙"]\n', "letter.sender", "一行"),
        ('[return]\nfax = " "\n', "return.fax", "一行"),
        ("[numbers]\nnotice = 41\n", "numbers.notice", "引用符"),
        ('[dates]\nnotice = "2026-05-25"\n', "dates.notice", "日付"),
        ('[minutes]\nsigners = ["chair", "chair"]\n', "minutes.signers", "重複"),
        ("letter = 1\n", "letter", "表"),
        ("[letter\n", "", "TOML"),
    ],
)
def test_every_fault_is_told_with_its_place(source, place, said):
    with pytest.raises(LetterheadFaults) as refused:
        read_letterhead(source)

    (fault,) = refused.value.faults
    assert fault.place == place
    assert said in refused.value.lines[0]
