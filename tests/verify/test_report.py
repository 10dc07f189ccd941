"""The report: a line for each check in either language, one verdict, and the same as JSON."""

import ast
import json
import re
import string
from pathlib import Path

import pytest

from tests.verify.attacks import ATTACKS, withhold
from tests.verify.conftest import Council
from tests.verify.forge import Forge
from voting.verify import check_words
from voting.verify.bundle import read_bundle
from voting.verify.check_words import LANGUAGES, PROVED, TITLES
from voting.verify.evidence import Evidence
from voting.verify.fault_words import FAULTS, NOTES
from voting.verify.findings import CHECKS
from voting.verify.report import REFUTED, VERIFIED, Report, as_json, report_of, text
from voting.verify.steps import verify

VERIFY = Path(check_words.__file__).parent


def report(council: Council, forge: Forge) -> Report:
    evidence = Evidence(read_bundle(forge.zipped()), council.held)
    return report_of(evidence, verify(evidence))


def codes(function: str) -> set[str]:
    """The words that the verifier's modules give to *function* as a code."""
    place = {"refuted": 1, "Note": 0}[function]
    found = set()
    for path in VERIFY.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
                argument = node.args[place]
                chosen = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
                found |= {each.value for each in chosen if isinstance(each, ast.Constant)}
    return found


def test_there_is_a_sentence_for_every_fault_and_for_nothing_else() -> None:
    assert codes("refuted") | {"unexpected"} == set(FAULTS)


def test_every_fault_comes_with_the_facts_that_its_sentence_names() -> None:
    lacking = []
    for path in VERIFY.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuted":
                given = {keyword.arg for keyword in node.keywords}
                for code in [each.value for each in ast.walk(node.args[1]) if isinstance(each, ast.Constant)]:
                    for text in FAULTS.get(code, ()):
                        needed = {name for _, name, _, _ in string.Formatter().parse(text) if name}
                        lacking += [(path.name, node.lineno, name) for name in needed - given]
    assert lacking == []


def test_there_is_a_sentence_for_every_note_and_for_nothing_else() -> None:
    assert codes("Note") == set(NOTES)


def test_every_check_has_a_title_and_a_sentence() -> None:
    assert set(TITLES) == set(PROVED) == set(CHECKS)


@pytest.mark.parametrize(
    "catalogue", [FAULTS, NOTES, PROVED, check_words.PHRASES], ids=lambda each: str(len(each))
)
def test_both_languages_name_the_same_facts(catalogue: dict[object, tuple[str, str]]) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {code for code, (ja, en) in catalogue.items() if not names(ja) >= names(en)} == set()
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    assert {code for code, (_, en) in catalogue.items() if japanese.search(en)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_attack_is_reported_in_words(council: Council, language: str) -> None:
    for attack in ATTACKS:
        forge = council.forge(attack.audience)
        attack.act(forge)

        found = report(council, forge)

        lines = text(found, language).splitlines()
        assert found.code == REFUTED
        assert [int(line[:2]) for line in lines if re.match(r"[ 0-9]\d \[", line)] == list(CHECKS)
        assert lines[-1].startswith({"ja": "不一致", "en": "REFUTED"}[language])


def test_the_verdict_comes_with_the_result(council: Council) -> None:
    lines = text(report(council, council.forge("auditor")), "ja").splitlines()

    assert lines[0] == "記録: vote.example.or.jp/council/2026-06 (監事用)"
    assert lines[-3:] == [
        "結果: 第1号 可決: 賛成4票・反対1票 事業計画について",
        "結果: 第2号 可決: 賛成5票・反対0票 予算について",
        "検証済み: 全27項目に不合格はありません。",
    ]


def test_a_refuted_result_is_not_repeated(council: Council) -> None:
    forge = council.forge()
    forge.body("genesis")["policy"] = "x"

    assert "可決" not in text(report(council, forge), "ja")


def test_what_is_withheld_is_said_in_the_verdict(council: Council) -> None:
    forge = council.forge()
    withhold(forge)

    lines = text(report(council, forge), "en").splitlines()

    assert "17 [withheld] openings: withheld by L2" in lines
    assert lines[-1].startswith("VERIFIED: no check failed; 6 of them")


def test_a_check_that_rests_on_another_says_which(council: Council) -> None:
    forge = council.forge()
    forge.last.append(lambda files: files.update({"checkpoints/3": b"x"}))

    assert " 8 [NOT PROVED] one history: cannot be proved, because check 4 failed" in text(
        report(council, forge), "en"
    )


def test_nothing_in_a_bundle_writes_to_the_terminal(council: Council) -> None:
    forge = council.forge()
    forge.edit("docket.json", lambda value: value["body"].update(name="\x1b[2J\u202e\x07"))
    forge.files["documents/" + "0" * 64] = b""
    forge.entries[3]["log"] = "a\x1b[2Jb"

    for language in LANGUAGES:
        shown = text(report(council, forge), language)
        assert all(each.isprintable() or each == "\n" for each in shown)


def test_the_json_says_the_same(council: Council) -> None:
    forge = council.forge()
    forge.change("deemed.jsonl", lambda lines: lines.pop())

    value = json.loads(as_json(report(council, forge)))

    assert (value["verdict"], value["exit"], value["format"]) == ("refuted", 1, "voting-report/1")
    assert [each["number"] for each in value["checks"]] == list(CHECKS)
    failed = [each for each in value["checks"] if each["status"] == "failed"]
    assert [(each["number"], each["fault"]) for each in failed] == [(22, "silent-missing")]
    assert value["checks"][14]["status"] == "withheld"


def test_the_json_of_a_verified_bundle_counts_and_warns(council: Council) -> None:
    found = report(council, council.forge("auditor"))

    value = json.loads(as_json(found))

    assert (found.code, value["verdict"]) == (VERIFIED, "verified")
    assert value["checks"][6]["items"] == 18
    assert {note["code"] for each in value["checks"] for note in each["notes"]} == {
        "no-witnesses",
        "no-timestamps",
        "k0",
        "pdf-signed",
    }
