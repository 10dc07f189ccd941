"""The documents are true: what they name exists, and what has to be named in them is.

docs/rules.md names functions and tests, docs/operations.md commands and keys, docs/glossary.md identifiers.
Names of functions are written as ``core/tally.py:count``, from voting/. That every refusal has its sentences
is checked in tests/test_i18n.py.
"""

import argparse
import ast
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from voting.cli import _parser
from voting.config import KEYS
from voting.core.faults import Fault
from voting.core.motions import Method
from voting.core.permissions import ALLOWED, TWO_PERSONS, Act, Role
from voting.core.result import Flag, Outcome
from voting.core.rules import CLAUSES, CONSENT_STATUTES, NAMED_REQUIREMENTS, BodyKind, Rules

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, str]

REFERENCE = re.compile(r"`((?:\w+/)*\w+\.py):([\w.]+)`")
TEST = re.compile(r"`(test_\w+)`")


def text(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def sections(document: str) -> dict[str, str]:
    """The text below each heading of the second level, by heading."""
    parts = re.split(r"^## (.+)$", document, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(document: str) -> Iterator[Row]:
    """The rows of all tables, by the head of the column."""
    head: list[str] | None = None
    for line in document.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            head = None
        elif head is None:
            head = cells
        elif set(line) - set("|-: "):
            yield dict(zip(head, cells, strict=True))


def first_words(table: Iterator[Row] | list[Row], column: str) -> list[str]:
    """What stands first in backticks in a column, row by row."""
    return [found[1] for row in table if (found := re.search(r"`([^`]+)`", row.get(column, "")))]


def missing(reference: tuple[str, str]) -> bool:
    """Whether ("core/tally.py", "count") is nowhere in voting/."""
    path, name = reference
    if not (ROOT / "voting" / path).is_file():
        return True
    found: Any = importlib.import_module("voting." + path.removesuffix(".py").replace("/", "."))
    for part in name.split("."):
        if is_dataclass(found) and part in {field.name for field in fields(found)}:
            found = None
        elif not hasattr(found, part):
            return True
        else:
            found = getattr(found, part)
    return False


def names_of_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


RULES = text("rules")


@pytest.mark.parametrize(
    ("reference", "is_missing"),
    [
        (("core/tally.py", "count"), False),
        (("core/flags.py", "Verdict.on"), False),
        (("core/ballots.py", "Submission.received_at"), False),
        (("core/tally.py", "recount"), True),
        (("core/flags.py", "Verdict.off"), True),
        (("core/ballots.py", "Submission.sent_at"), True),
        (("core/guesses.py", "count"), True),
    ],
)
def test_a_name_that_is_nowhere_is_noticed(reference: tuple[str, str], is_missing: bool) -> None:
    assert missing(reference) is is_missing


@pytest.mark.parametrize("name", ["rules", "glossary", "operations"])
def test_every_function_that_a_document_names_exists(name: str) -> None:
    named = REFERENCE.findall(text(name))

    assert [":".join(each) for each in named if missing(each)] == []


def test_every_test_that_the_rules_name_exists() -> None:
    assert set(TEST.findall(RULES)) - names_of_tests() == set()


def test_every_rule_has_a_function_that_holds_it_and_a_test_that_proves_it() -> None:
    table = [row for row in rows(RULES) if "試験" in row and "番号" not in row]

    assert [row for row in table if not REFERENCE.search(row["関数"]) or not TEST.search(row["試験"])] == []


def test_no_rule_is_left_out() -> None:
    headings = [heading.split()[0] for heading in sections(RULES)]

    assert [each for each in headings if re.fullmatch(r"R\d+", each)] == [f"R{n}" for n in range(13)]


def test_every_setting_stands_there_with_all_its_values() -> None:
    table = {
        first_words([row], "設定")[0]: row["値と効果"]
        for row in rows(RULES)
        if "設定" in row and "既定" in row
    }

    assert list(table) == [field.name for field in fields(Rules)]
    hints = get_type_hints(Rules)
    lacking = [
        (name, value.value)
        for name, effect in table.items()
        if isinstance(hints[name], type) and issubclass(hints[name], StrEnum)
        for value in hints[name]
        if f"`{value.value}`" not in effect
    ]
    assert lacking == []


def parts_of(hint: Any) -> Iterator[Any]:
    """A type and everything it is made of."""
    yield hint
    for each in get_args(hint):
        yield from parts_of(each)
    if is_dataclass(hint):
        for each in get_type_hints(hint).values():
            yield from parts_of(each)


def test_every_word_of_the_settings_is_explained() -> None:
    kinds = [each for each in parts_of(Rules) if isinstance(each, type)]
    words = {value.value for kind in kinds if issubclass(kind, StrEnum) for value in kind}
    words |= {field.name for kind in kinds if is_dataclass(kind) for field in fields(kind)}
    words |= {each.value for kind in (BodyKind, Method, Outcome) for each in kind}
    words |= {*CLAUSES, *NAMED_REQUIREMENTS}

    assert {word for word in words if f"`{word}`" not in RULES} == set()


def test_every_flag_stands_there_in_the_order_of_printing() -> None:
    assert first_words(rows(sections(RULES)["R8 結果に必ず添えるもの"]), "警告(この順に示す)") == list(Flag)


def test_every_statute_stands_beside_its_kind_of_body() -> None:
    table = {first_words([row], "`kind`")[0]: row for row in rows(RULES) if "`kind`" in row}

    assert list(table) == list(BodyKind)
    assert [kind for kind, article in CONSENT_STATUTES.items() if article not in str(table[kind])] == []


def family(fault: type[Fault]) -> Iterator[type[Fault]]:
    yield fault
    for each in fault.__subclasses__():
        yield from family(each)


def test_every_fault_is_documented_and_nothing_else() -> None:
    assert sorted(first_words(rows(RULES), "符号")) == sorted({each.code for each in family(Fault)})


def test_every_case_of_r12_has_all_its_tests() -> None:
    source = ast.parse((ROOT / "tests/core/test_r12.py").read_text("utf-8"))
    names = [node.name for node in source.body if isinstance(node, ast.FunctionDef)]
    table = {row["番号"]: row["試験"] for row in rows(RULES) if "番号" in row}

    assert list(table) == [str(number) for number in range(1, 19)]
    for number, cell in table.items():
        assert TEST.findall(cell) == [name for name in names if name.startswith(f"test_{number}_")], number


OPERATIONS = text("operations")


def commands(parser: argparse.ArgumentParser, path: str = "voting") -> Iterator[str]:
    """The commands that do something, as one types them."""
    groups = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not groups:
        yield path
    for group in groups:
        for name, below in group.choices.items():
            yield from commands(below, f"{path} {name}")


def code_blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document, flags=re.MULTILINE | re.DOTALL)


def test_every_command_is_documented() -> None:
    examples = "\n".join(code_blocks(OPERATIONS, "sh"))

    there_are = list(commands(_parser("")))

    assert len(there_are) > 10
    assert [each for each in there_are if not re.search(rf"^{each}( |$)", examples, re.MULTILINE)] == []


def test_every_command_line_shown_is_one_that_the_program_takes(capsys: pytest.CaptureFixture[str]) -> None:
    refused = []
    for block in code_blocks(OPERATIONS, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] != ["voting"]:
                continue
            try:
                _parser("").parse_args(words[1:])
            except SystemExit:
                refused.append(f"{line}: {capsys.readouterr().err.splitlines()[-1]}")

    assert refused == []


def test_every_key_of_the_configuration_is_documented_in_the_order_of_the_program() -> None:
    assert first_words(rows(OPERATIONS), "鍵") == list(KEYS)


def test_the_configuration_shown_has_no_key_that_does_not_exist() -> None:
    shown = code_blocks(OPERATIONS, "toml")

    assert shown != []
    assert {key for block in shown for key in tomllib.loads(block)} - set(KEYS) == set()


GLOSSARY = list(rows(text("glossary")))


def test_every_term_of_the_glossary_has_an_identifier() -> None:
    terms = [row for row in GLOSSARY if "用語" in row]

    assert len(terms) > 50
    assert [row["用語"] for row in terms if not REFERENCE.search(row["場所"])] == []


def test_no_term_of_the_glossary_stands_there_twice_and_each_can_be_read_aloud() -> None:
    terms = [row["用語"] for row in GLOSSARY if "用語" in row]

    assert sorted({each for each in terms if terms.count(each) > 1}) == []
    assert [row["用語"] for row in GLOSSARY if not re.fullmatch(r"[ぁ-んー・、]+", row.get("読み", ""))] == []


def test_the_table_of_roles_is_the_one_in_the_code() -> None:
    rows = re.findall(r"^\| ([a-z-]+) \| ((?:[^|]*\| )*[^|]*) \|$", text("office"), re.MULTILINE)
    printed = {act: cells.split(" | ") for act, cells in rows if act != "act"}

    assert list(printed) == [act.value for act in ALLOWED]
    for act in ALLOWED:
        assert printed[act.value] == [_may(act, role) for role in Role], act


def _may(act: Act, role: Role) -> str:
    sides = TWO_PERSONS.get(act)
    if sides is None:
        return "yes" if role in ALLOWED[act] else "–"
    return (
        " ".join(number for number, side in (("1", sides.first), ("2", sides.second)) if role in side) or "–"
    )
