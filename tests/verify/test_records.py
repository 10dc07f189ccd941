"""Lists are read strictly: a line that is not exactly what it should be refutes, with its number."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.verify.conftest import Council
from tests.verify.forge import Forge, check
from voting.ledger.canonical import CanonicalFault, decode, encode
from voting.ledger.commitments import CommitmentFault
from voting.verify import lines, records, usual_lines
from voting.verify.bundle import Bundle, Span
from voting.verify.findings import Refuted

Lines = list[dict[str, Any]]


def fault(council: Council, forge: Forge, number: int) -> tuple[str, dict[str, object]]:
    finding = check(forge.zipped(), council.held)[number - 1]
    return finding.fault, dict(finding.facts)


LINES: dict[str, tuple[str, int, Callable[[Lines], object]]] = {
    "a roll line with more": ("roll/public.jsonl", 14, lambda e: e[1].update(name="x")),
    "a roll line with less": ("roll/public.jsonl", 14, lambda e: e[1].pop("category")),
    "a roll member that is no hash": ("roll/public.jsonl", 14, lambda e: e[1].update(member="M0001")),
    "votes of nothing": ("roll/public.jsonl", 14, lambda e: e[1].update(votes="0")),
    "negative votes": ("roll/public.jsonl", 14, lambda e: e[1].update(votes="-1")),
    "votes as a number": ("roll/public.jsonl", 14, lambda e: e[1].update(votes=1)),
    "votes with a needless zero": ("roll/public.jsonl", 14, lambda e: e[1].update(votes="1.50")),
    "endless votes": ("roll/public.jsonl", 14, lambda e: e[1].update(votes="9" * 5000)),
    "a category that is no text": ("roll/public.jsonl", 14, lambda e: e[1].update(category=None)),
    "a short key": ("issued.jsonl", 18, lambda e: e[1].update(key="AAAA")),
    "a key that is not base64": ("issued.jsonl", 18, lambda e: e[1].update(key="?")),
    "a level that is no text": ("issued.jsonl", 18, lambda e: e[1].update(level=0)),
    "an opening without a salt": ("openings.jsonl", 17, lambda e: e[1].update(salt="")),
    "an opening of no ballot": ("openings.jsonl", 17, lambda e: e[1].update(ballot={})),
    "an opening with an unknown mark": (
        "openings.jsonl",
        17,
        lambda e: e[1]["ballot"]["choices"].update({"1": "perhaps"}),
    ),
    "an opening at no index": ("openings.jsonl", 17, lambda e: e[1].update(index="4")),
    "an opening at a truth": ("openings.jsonl", 17, lambda e: e[1].update(index=True)),
    "a deemed member that is no hash": ("deemed.jsonl", 22, lambda e: e[1].update(member="X" * 64)),
    "an officer with an unknown role": ("persons.jsonl", 19, lambda e: e[1].update(role="king")),
}


@pytest.mark.parametrize(("path", "number", "act"), LINES.values(), ids=LINES.keys())
def test_a_line_of_another_form_is_named(
    council: Council, path: str, number: int, act: Callable[[Lines], object]
) -> None:
    forge = council.forge()
    forge.change(path, act)

    code, facts = fault(council, forge, number)

    assert (code, facts["path"], facts["line"]) == ("line", path, 2)


@pytest.mark.parametrize(
    ("path", "number"),
    [("roll/public.jsonl", 14), ("openings.jsonl", 17), ("deemed.jsonl", 22), ("persons.jsonl", 19)],
)
def test_lines_out_of_order_are_named(council: Council, path: str, number: int) -> None:
    forge = council.forge()
    forge.change(path, lambda lines: lines.reverse())

    assert fault(council, forge, number) == ("line-order", {"path": path, "line": 2})


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "no line feed at the end": lambda data: data[:-1],
    "an empty line": lambda data: data + b"\n",
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "spaces": lambda data: data.replace(b'":', b'": '),
    "names doubled": lambda data: data.replace(b'{"category":""', b'{"category":"","category":""'),
    "another alphabet": lambda data: data.replace(b'"category":""', b'"category":"\xff"'),
    "an escape that is not needed": lambda data: data.replace(b'"category":""', b'"category":"\\u0041"'),
    "half of a pair": lambda data: data.replace(b'"category":""', b'"category":"\\ud800"'),
    "a number without end": lambda data: data.replace(b'"votes":"1"', b'"votes":' + b"1" * 5000),
    "lists in lists": lambda data: b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_another_spelling_of_the_same_is_refused(council: Council, spell: Callable[[bytes], bytes]) -> None:
    forge = council.forge()
    forge.files["roll/public.jsonl"] = spell(forge.files["roll/public.jsonl"])

    assert fault(council, forge, 14)[0] == "line"


RESULTS: dict[str, object] = {
    "no object": [],
    "no motions": {},
    "motions that are none": {"motions": [1]},
    "a motion without a number": {"motions": [{"title": "x", "outcome": "carried"}]},
    "candidates that are none": {
        "motions": [{"number": 1, "title": "x", "outcome": "carried", "candidates": [1]}]
    },
}


@pytest.mark.parametrize("value", RESULTS.values(), ids=RESULTS.keys())
def test_a_result_of_another_form_refutes(council: Council, value: object) -> None:
    forge = council.forge()
    forge.publish(encode(value))

    assert fault(council, forge, 23)[0] in ("result-form", "recount")


@pytest.mark.parametrize("member", ["for", "members", "excluded", "invalid"])
def test_a_motion_without_its_numbers_is_no_sum(council: Council, member: str) -> None:
    forge = council.forge()
    value = json.loads(forge.files["result.json"])
    del value["motions"][0][member]
    forge.publish(encode(value))

    assert fault(council, forge, 25)[0] == "sums"


@pytest.mark.parametrize("number", [1, "1", None, {}, -1, "x", "-1", "9" * 5000])
def test_a_number_of_another_form_is_no_sum(council: Council, number: object) -> None:
    forge = council.forge()
    value = json.loads(forge.files["result.json"])
    value["motions"][0]["for"]["expressed"] = number
    if number == -1:
        value["motions"][0]["members"]["for"]["expressed"] = "many"
        value["motions"][0]["for"]["expressed"] = "1"
    forge.publish(encode(value))

    assert fault(council, forge, 25)[0] == "sums"


@pytest.mark.parametrize("member", ["for", "excluded", "members"])
@pytest.mark.parametrize("value", ["x", [], 1])
def test_numbers_of_another_shape_are_no_sum(council: Council, member: str, value: object) -> None:
    forge = council.forge()
    result = json.loads(forge.files["result.json"])
    result["motions"][0][member] = value
    forge.publish(encode(result))

    assert fault(council, forge, 25)[0] == "sums"


RECOGNISED = {
    "an opening": ("openings.jsonl", records._opening, usual_lines.usual_openings),
    "a key": ("issued.jsonl", records._issued, usual_lines.usual_keys),
    "a member of the roll": ("roll/public.jsonl", records._roll, usual_lines.usual_roll),
    "an object of strings": ("roll/public.jsonl", lambda line: (decode(line),), lambda block: plain(block)),
}


def plain(block: bytes) -> lines.Known:
    """What the pattern of an object of strings makes of each line."""
    known = lines._plain(("category", "member", "votes"))
    matched = [known(line.decode()) for line in block.split(b"\n")]
    unknown = [place for place, found in enumerate(matched) if found is None]
    return [[found.groupdict() for found in matched if found is not None]], unknown


def recognised(block: list[bytes], usual: lines.Usual) -> list[tuple[object, ...] | None]:
    """What the reader of many lines makes of each; None where it does not know it."""
    known = lines._recognised(b"\n".join(block), usual)
    if known is None:
        return [None] * len(block)
    columns, unknown = known
    rows = iter(zip(*columns, strict=True))
    return [None if place in unknown else next(rows) for place in range(len(block))]


def quickly(usual: lines.Usual, line: bytes) -> object:
    (found,) = recognised([line], usual)
    return found


def strictly(read: Callable[[bytes], object], line: bytes) -> object:
    try:
        return read(line)
    except (lines.Misshapen, CanonicalFault, CommitmentFault):
        return None


@pytest.mark.parametrize(("path", "strict", "usual"), RECOGNISED.values(), ids=RECOGNISED.keys())
def test_a_line_that_is_recognised_by_its_bytes_is_read_as_the_strict_reader_reads_it(
    council: Council, path: str, strict: Callable[[bytes], object], usual: lines.Usual
) -> None:
    whole = council.forge().files[path].split(b"\n")[0]
    assert quickly(usual, whole) is not None and quickly(usual, whole) == strictly(strict, whole)

    chance = random.Random(path)
    for _ in range(2000):
        place, cut = chance.randrange(len(whole) + 1), chance.randrange(3)
        put = chance.choice([b"", chance.randbytes(1), b'"', b"\\", b"{}", b",", b"0", b"null"])
        line = (whole[:place] + put + whole[place + cut :]).replace(b"\n", b"")

        found = quickly(usual, line)

        assert found is None or found == strictly(strict, line)


@pytest.mark.parametrize(("path", "strict", "usual"), RECOGNISED.values(), ids=RECOGNISED.keys())
def test_a_line_that_is_not_recognised_keeps_its_place_among_the_others(
    council: Council, path: str, strict: Callable[[bytes], object], usual: lines.Usual
) -> None:
    whole = council.forge().files[path].split(b"\n")[0]

    for other in (b"", b"{}", whole[:-1], b" " + whole):
        found = recognised([other, whole, other, whole], usual)
        assert found == [None, strict(whole), None, strict(whole)]
    assert recognised([whole, b"\xff"], usual) == [None, None]


def test_long_lines_are_read_one_by_one() -> None:
    asked: list[bytes] = []

    def usual(block: bytes) -> lines.Known:
        asked.append(block)
        return [], [0, 1]

    assert lines._recognised(b"x" * 600_000 + b"\n" + b"x" * 600_000, usual) is None
    assert not asked


@pytest.mark.parametrize(("path", "strict", "usual"), RECOGNISED.values(), ids=RECOGNISED.keys())
def test_two_lines_are_never_taken_for_one(
    council: Council, path: str, strict: Callable[[bytes], object], usual: lines.Usual
) -> None:
    whole = council.forge().files[path].split(b"\n")[0]

    for place in range(1, len(whole)):
        halves = [whole[:place], whole[place:], whole]
        assert recognised(halves, usual) in ([None, None, strict(whole)], [None] * 3)


def roll_line(number: int, category: str) -> bytes:
    return encode({"category": category, "member": f"{number:064x}", "votes": str(number % 3 + 1)})


def bundle_of(path: str, data: bytes) -> Bundle:
    return Bundle(memoryview(data), {path: Span(0, len(data), 0)}, True)


@pytest.mark.parametrize("size", [0, 1, 600, 3000], ids=str)
@pytest.mark.parametrize("unusual", [1, 7, 10_000])
def test_a_list_of_any_length_is_read_as_line_by_line(size: int, unusual: int) -> None:
    # What has to be escaped is left to the strict reader, and so is a line that is longer than a block.
    rows = [roll_line(number, "" if number % unusual else '"quoted"') for number in range(size)]
    rows[5:6] = [roll_line(5, "long" * 50_000)] if size else []

    found = records.roll(bundle_of("roll/public.jsonl", b"".join(row + b"\n" for row in rows)), number=14)

    assert list(zip(*found, strict=True)) == list(map(records._roll, rows))


@pytest.mark.parametrize("place", [0, 1, 511, 1999])
def test_a_wrong_line_is_named_wherever_it_stands(place: int) -> None:
    rows = [roll_line(number, '"' if number % 3 else "") for number in range(2000)]
    rows[place] = rows[place].replace(b'"votes":"', b'"votes":"0')

    with pytest.raises(Refuted) as refutation:
        records.roll(bundle_of("roll/public.jsonl", b"".join(row + b"\n" for row in rows)), number=14)

    assert refutation.value.facts["line"] == place + 1


def test_a_list_without_its_last_line_feed_is_refused() -> None:
    data = b"\n".join(roll_line(number, "") for number in range(2000))

    with pytest.raises(Refuted) as refutation:
        records.roll(bundle_of("roll/public.jsonl", data), number=14)

    assert refutation.value.facts["line"] == 2000
