"""Every result there can be has the form that docs/result.schema.json promises, and no other form passes."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from tests.core.counting import AGAINST, FOR, ballots, docket, roll
from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from voting.core.result_json import result_json
from voting.core.tally import count

pytestmark = pytest.mark.thorough

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "result.schema.json").read_text("utf-8"))
SOUND = jsonschema.Draft202012Validator(SCHEMA)
LEDGER: dict[str, Any] = {
    "levels": {"K0": 410, "KP": 3},
    "refused": {"late": 2},
    "amendments": [7],
    "incidents": [],
}


def origin_case(extra: dict[str, Any] | None = None) -> dict[str, Any]:
    asked = docket()
    return dict(result_json(asked, count(asked, roll(), ballots((412, FOR), (1, AGAINST))), extra))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=300)
@given(worlds())
def test_every_invented_result_has_this_form(world: World) -> None:
    asked = docket_of(world)
    result = count(asked, roll_of(world), ballots_of(world), facts_of(world))

    SOUND.validate(result_json(asked, result))


def test_what_a_ledger_adds_comes_whole_or_not_at_all() -> None:
    SOUND.validate(origin_case(LEDGER))

    for name in LEDGER:
        rest = {key: value for key, value in LEDGER.items() if key != name}
        assert not SOUND.is_valid(origin_case(rest))


WRONG: list[tuple[tuple[str | int, ...], Any]] = [
    (("format",), "voting-result/2"),
    (("remark",), "x"),
    (("roll", "members"), "681"),
    (("roll", "votes"), 681),
    (("roll", "votes"), "681.0"),
    (("quorum", "needed"), 341),
    (("quorum", "met"), False),
    (("motions",), []),
    (("motions", 0, "outcome"), "elected"),
    (("motions", 0, "outcome"), "passed"),
    (("motions", 0, "for", "expressed"), "-1"),
    (("motions", 0, "for", "other"), "1"),
    (("motions", 0, "members", "total"), "681"),
    (("motions", 0, "tests"), []),
    (("motions", 0, "tests", 0, "fraction"), "50%"),
    (("motions", 0, "tests", 0, "needed"), 341),
    (("motions", 0, "to_flip"), 0),
    (("motions", 0, "flags"), ["unknown"]),
    (("motions", 0, "flags"), ["late_as_silence"]),
    (("motions", 0, "late_as_silence"), {"members": 1, "marks": {"for": 1}}),
    (("motions", 0, "method"), "slate"),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda each: str(each)[:40])
def test_any_other_form_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    result = copy.deepcopy(origin_case())
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert SOUND.is_valid(origin_case())
    assert not SOUND.is_valid(result)


@pytest.mark.parametrize("name", sorted(origin_case()["motions"][0]))
def test_nothing_may_be_missing(name: str) -> None:
    result = origin_case()
    del result["motions"][0][name]

    assert not SOUND.is_valid(result)
