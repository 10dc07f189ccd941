"""The words in which a receipt repeats the choices."""

import pytest

from voting.ledger.wording import WordingFault, words


def test_each_mark_has_its_word():
    marks = {"1": "for", "2": "against", "3": "abstain", "4": "blank", "5": "both"}

    assert words(marks) == {"1": "賛成", "2": "反対", "3": "棄権", "4": "無記入", "5": "両方に○"}


def test_a_vote_of_confidence_names_each_candidate_in_the_order_of_canonical_json():
    said = words({"3": {"那須町": "against", "長野県": "for", "𠮷田町": "abstain"}})

    assert said == {"3": "那須町：不信任、長野県：信任、𠮷田町：棄権"}


def test_candidates_chosen_by_plurality_are_named_as_given():
    assert words({"3": ["那須町", "長野県"], "4": []}) == {"3": "那須町、長野県", "4": "無記入"}


@pytest.mark.parametrize("choice", ["yes", None, 1, {"長野県": "yes"}, {"長野県": None}, [1]])
def test_a_choice_without_words_is_refused(choice):
    with pytest.raises(WordingFault):
        words({"1": choice})
