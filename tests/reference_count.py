"""The rules of counting once more, written naively: one member after the other, plain dicts in and out.

It shares no code with ``voting/`` and knows nothing of speed. Two programs that agree on thousands of
invented assemblies are a better witness than one. Here is who is counted where, and what the tests make
of it; outcomes, elections and result.json are in reference_result.py. The shape of the argument is that of
tests/core/invented.py: instants are whole seconds, votes millionths, fractions pairs.
"""

from fractions import Fraction
from typing import Any

Voter = dict[str, Any]
SIDES = {
    "for": ["for"],
    "against": ["against"],
    "abstain": ["abstain"],
    "present": ["for", "against", "abstain", "invalid"],
    "valid": ["for", "against", "abstain"],
    "yes_no": ["for", "against"],
    "roll": ["for", "against", "abstain", "invalid", "late", "undelivered", "left", "not_counted"],
}
MARKS = ("for", "against", "abstain")


def decimal(number: Fraction) -> str:
    for places in range(60):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip(".")
    return f"{number.numerator}/{number.denominator}"


def votes_of(voters: list[Voter]) -> str:
    return decimal(Fraction(sum(v["votes"] for v in voters), 10**6))


def fate(w: Any, member: str) -> tuple[str, list[Any]]:
    """What became of a member, and its ballots, the effective one first, then backwards in time."""
    own = sorted(
        (b for b in w["ballots"] if b["member"] == member),
        key=lambda b: (b["at"], not b["paper"], b["order"]),
    )
    in_time = [b for b in own if w["opens"] <= b["at"] < w["closes"]]
    left = w["left"].get(member)
    if left is not None and left < w["closes"]:
        in_time = [b for b in in_time if b["at"] < left]
        return ("returned", pick(w, in_time)) if in_time else ("left", [])
    if in_time:
        return "returned", pick(w, in_time)
    late = [b for b in own if b["at"] >= w["closes"]]
    if late:
        return ("late" if w["rules"]["late"] == "excluded" else "silent late"), pick(w, late)
    if not own and member in w["undelivered"]:
        return "undelivered" if w["rules"]["undelivered"] == "excluded" else "silent unreached", []
    return "silent", []


def pick(w: Any, ballots: list[Any]) -> list[Any]:
    which = w["rules"]["duplicates"]
    place = 0 if which == "first" else len(ballots) - 1
    if which in ("web", "paper"):
        fitting = [i for i, b in enumerate(ballots) if b["paper"] == (which == "paper")]
        place = fitting[-1] if fitting else place
    return ballots[: place + 1][::-1]


def mark(ballot: Any, motion: Any, name: str | None) -> Any:
    given = ballot["marks"].get(motion["number"], "blank")
    return given.get(name, "blank") if isinstance(given, dict) else given


def chair(w: Any, motion: Any, name: str | None) -> Any:
    decided = w["chair"].get(motion["number"], "abstain")
    return decided.get(name, "abstain") if isinstance(decided, dict) else decided


def written(w: Any, motion: Any, name: str | None, ballots: list[Any]) -> tuple[Any, str]:
    rules, first = w["rules"], ballots[0]
    if first["defect"]:
        return "invalid", ""
    if first["proxy"]:
        return chair(w, motion, name), "proxy"
    if mark(first, motion, name) == "both" and rules["both_marked"] == "invalid":
        return "invalid", ""
    for b in ballots[:1] if rules["blank_overrides"] else ballots:
        if not b["proxy"] and not b["defect"] and mark(b, motion, name) in MARKS:
            return mark(b, motion, name), "expressed"
    return ("invalid", "") if rules["blank"] == "invalid" else (rules["blank"], "blank")


def voters_on(w: Any, motion: Any, name: str | None) -> list[Voter]:
    """Every member of the roll with its side and provenance, and what is supposed if it was late."""
    silence = motion["non_submission"] or w["rules"]["non_submission"]
    found = []
    for entry in w["roll"]:
        state, ballots = fate(w, entry["member"])
        side, source = state, ""
        if entry["member"] in motion["barred"]:
            side, state = "barred", "barred"
        elif state == "returned":
            side, source = written(w, motion, name, ballots)
        elif state.startswith("silent"):
            by_chair = silence == "proxy_to_chair"
            side = chair(w, motion, name) if by_chair else silence
            source = "" if silence == "not_counted" else "deemed"
        late = "late" in state
        supposed = written(w, motion, name, ballots) if late else ("against", "expressed")
        kind = {"late": late, "unreached": "un" in state, "as_silence": state == "silent late"}
        raw = "" if not late else mark(ballots[0], motion, name)
        raw = (
            raw if not late else "defect" if ballots[0]["defect"] else "proxy" if ballots[0]["proxy"] else raw
        )
        found.append(
            {
                **entry,
                "side": side,
                "source": source,
                "ret": state == "returned",
                "supposed": supposed,
                "raw": raw,
            }
            | kind
        )
    return found


def size(voters: list[Voter], test: Any, term: str) -> Fraction:
    inside = [v for v in voters if test["category"] in (None, v["category"])]
    inside = [v for v in inside if (v["ret"] if term == "returned" else v["side"] in SIDES[term])]
    return (
        Fraction(len(inside)) if test["by"] == "members" else Fraction(sum(v["votes"] for v in inside), 10**6)
    )


def stands(relation: str, value: Fraction, bound: Fraction, base: Fraction) -> bool:
    compared = {
        "more_than": value > bound,
        "at_least": value >= bound,
        "less_than": value < bound,
        "at_most": value <= bound,
    }
    return base > 0 and compared[relation]


def met(voters: list[Voter], test: Any) -> bool:
    base = size(voters, test, test["of"])
    return stands(
        test["relation"], size(voters, test, test["count"]), base * Fraction(*test["fraction"]), base
    )


def needed(w: Any, relation: str, bound: Fraction, by: str) -> Any:
    if by == "votes" and any(entry["votes"] % 10**6 for entry in w["roll"]):
        return decimal(bound)
    number = {
        "more_than": bound // 1 + 1,
        "at_least": -(-bound // 1),
        "less_than": max(0, -(-bound // 1) - 1),
        "at_most": bound // 1,
    }[relation]
    return number if by == "members" else str(number)


def tied(voters: list[Voter], tests: list[Any]) -> bool:
    test = tests[0]
    if len(tests) > 1 or (test["count"], test["relation"]) != ("for", "more_than"):
        return False
    ours, theirs = size(voters, test, "for"), size(voters, test, "against")
    half = Fraction(*test["fraction"]) == Fraction(1, 2)
    return half and ours == theirs > 0 and ours * 2 == size(voters, test, test["of"])


def verdict(w: Any, voters: list[Voter], tests: list[Any], decision: str | None) -> str:
    if w["rules"]["tie"] == "chair" and tied(voters, tests):
        return {"for": "carried", "against": "rejected", None: "pending"}[decision]
    return "carried" if all(met(voters, test) for test in tests) else "rejected"


def to_flip(voters: list[Voter], tests: list[Any], *, carried: bool) -> int | None:
    if carried:
        found = []
        for test in tests:
            moving = [dict(v) for v in voters]
            own = test["category"]
            order = [v for v in moving if v["side"] == "for"]
            order.sort(key=lambda v, own=own: (-v["votes"], own is not None and v["category"] != own))  # type: ignore[misc]
            for number, voter in enumerate(order, 1):
                voter["side"] = "against"
                if not met(moving, test):
                    found.append(number)
                    break
        return min(found, default=None)
    moving = [dict(v) for v in voters]
    rank = {"against": 0, "abstain": 1, "invalid": 2}
    rest = [v for v in moving if v["side"] not in ("for", "barred")]
    for number in range(1, len(rest) + 1):
        unmet = {test["category"] for test in tests if not met(moving, test)}
        rest.sort(
            key=lambda v: (
                (-v["votes"], rank.get(v["side"], 3)),
                None not in unmet and v["category"] not in unmet,
                (v["category"], not v["ret"]),
            )
        )
        rest.pop(0).update(side="for", ret=True)
        if all(met(moving, test) for test in tests):
            return number
    return None
