"""How many witnesses have cosigned, in words."""

from voting.wording import CosignatureFacts, WitnessFacts, cosignature_lines, result_lines

A = WitnessFacts("A", "witness.example.or.jp/a", 1234)
B = WitnessFacts("B", "witness.example.or.jp/b", 0)


def test_no_witnesses_is_said_plainly() -> None:
    words = ("記録の立会人　なし(この総会では、外部の立会人による記録への連署を定めていません。)",)

    assert cosignature_lines(CosignatureFacts()) == result_lines(CosignatureFacts()) == words


def test_each_witness_has_its_line_and_a_size() -> None:
    facts = CosignatureFacts((A, B), size=1000, is_met=False)

    assert cosignature_lines(facts) == (
        "記録の立会人の連署　1/2　定めた数に達していません。",
        "A　1,234件まで連署　(witness.example.or.jp/a)",
        "B　連署なし　(witness.example.or.jp/b)",
    )


def test_the_result_says_what_stands_on_its_own_checkpoint_and_since_when() -> None:
    facts = CosignatureFacts((A,), size=1234, is_met=True)

    assert result_lines(facts, at="認証の時点で、")[:2] == (
        "記録の立会人の連署　1/1　定めた数に達しています。",
        "この結果のチェックポイント(1,234件)には、認証の時点で、記録の立会人1者のうち1者の連署があります"
        "(後のチェックポイントへの連署を含む)。",
    )


def test_a_witness_that_stopped_before_the_result_is_not_counted() -> None:
    facts = CosignatureFacts((A,), size=1235, is_met=False)

    assert cosignature_lines(facts)[0].startswith("記録の立会人の連署　0/1")
