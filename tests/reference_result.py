"""The second counting program, second half: outcomes, elections and result.json.  See reference_count.py."""

from collections import Counter
from fractions import Fraction
from typing import Any

from tests.reference_count import (
    Voter,
    chair,
    decimal,
    fate,
    met,
    needed,
    size,
    stands,
    tied,
    to_flip,
    verdict,
    voters_on,
    votes_of,
)

EVERYBODY = {"by": "votes", "category": None}
HEADS = {"by": "members", "category": None}


def numbers(voters: list[Voter], show: Any) -> dict[str, Any]:
    def on(side: str, source: str | None = None) -> list[Voter]:
        return [v for v in voters if v["side"] == side and source in (None, v["source"])]

    sources = ("expressed", "proxy", "blank", "deemed")
    found: dict[str, Any] = {
        side: {source: show(on(side, source)) for source in sources} | {"total": show(on(side))}
        for side in ("for", "against", "abstain")
    }
    found |= {side: show(on(side)) for side in ("invalid", "barred", "not_counted")}
    found["excluded"] = {side: show(on(side)) for side in ("late", "undelivered", "left")}
    return found | {"total": show(voters)}


def flags(w: Any, voters: list[Voter], tests: list[Any], decision: str | None, outcome: str) -> list[str]:
    def would_carry(changed: list[Voter]) -> bool:
        return verdict(w, changed, tests, decision) == "carried"

    def suppose(which: str) -> list[Voter]:
        return [
            v | {"side": v["supposed"][0], "source": v["supposed"][1], "ret": True} if v[which] else v
            for v in voters
        ]

    decided, carried = outcome in ("carried", "rejected"), outcome == "carried"
    said = {
        side: [v for v in voters if (v["side"], v["source"]) == (side, "expressed")] for side in w["sides"]
    }
    returned, roll = size(voters, HEADS, "returned"), size(voters, HEADS, "roll")
    found = {
        "deemed_decides": decided and would_carry(undeemed(voters)) != carried,
        "low_response": returned < roll * Fraction(3, 10),
        "against_leads": sum(v["votes"] for v in said["against"]) > sum(v["votes"] for v in said["for"]),
        "late_decides": decided and would_carry(suppose("late")) != carried,
        "undelivered_decides": decided and would_carry(suppose("unreached")) != carried,
        "late_as_silence": any(v["as_silence"] for v in voters),
    }
    return [flag for flag, raised in found.items() if raised]


def undeemed(voters: list[Voter]) -> list[Voter]:
    return [v | {"side": "not_counted"} if v["source"] in ("deemed", "blank") else v for v in voters]


def question(w: Any, motion: Any, name: str | None, gate: str | None) -> dict[str, Any]:
    voters = voters_on(w, motion, name)
    tests = motion["requires"] or w["rules"]["requires"]
    decision = w["ties"].get((motion["number"], name), w["ties"].get((motion["number"], None)))
    brake = motion["objections"] or w["rules"]["objections"] or {}
    against = [v for v in voters if (v["side"], v["source"]) == ("against", "expressed")]
    objected = against and (
        len(against) >= brake["count"]
        if "count" in brake
        else "fraction" in brake
        and size(against, EVERYBODY, "roll") >= size(voters, EVERYBODY, "roll") * Fraction(*brake["fraction"])
    )
    outcome = gate or ("objected" if objected else verdict(w, voters, tests, decision))
    decided = outcome in ("carried", "rejected")
    chaired = w["rules"]["tie"] == "chair" and tied(voters, tests)
    found: dict[str, Any] = {
        "outcome": outcome,
        **numbers(voters, votes_of),
        "members": numbers(voters, len),
        "tests": [applied(w, voters, test) for test in tests],
        "carried_without_deemed": verdict(w, undeemed(voters), tests, decision) == "carried"
        if decided
        else None,
        "to_flip": to_flip(voters, tests, carried=outcome == "carried") if decided and not chaired else None,
        "flags": flags(w, voters, tests, decision, outcome),
    }
    if "late_as_silence" in found["flags"]:
        late = [v["raw"] for v in voters if v["as_silence"]]
        found["late_as_silence"] = {"members": len(late), "marks": dict(Counter(late))}
    return found


def applied(w: Any, voters: list[Voter], test: Any) -> dict[str, Any]:
    base, value = size(voters, test, test["of"]), size(voters, test, test["count"])
    p, q = test["fraction"]
    heads = test["by"] == "members"
    found = {name: test[name] for name in ("count", "relation", "of", "category") if test[name] is not None}
    return (
        found
        | ({"by": "members"} if heads else {})
        | {"fraction": f"{p}/{q}", "met": met(voters, test)}
        | {"value": int(value) if heads else decimal(value), "base": int(base) if heads else decimal(base)}
        | {"needed": needed(w, test["relation"], base * Fraction(p, q), test["by"])}
    )


def seated(strength: dict[str, Any], seats: int, lot: Any) -> tuple[set[str], bool]:
    """Who has a seat, and whether a lot is missing."""
    winners: set[str] = set()
    for votes in sorted(set(strength.values()), reverse=True):
        level = [name for name in strength if strength[name] == votes]
        room = seats - len(winners)
        if len(level) > room > 0:
            level = [name for name in lot if name in level][:room]
            if len(level) < room:
                return winners, True
        winners |= set(level if room > 0 else [])
    return winners, False


def election(w: Any, motion: Any, gate: str | None) -> dict[str, Any]:
    seats, lot = motion["seats"], w["lots"].get(motion["number"], ())
    if motion["method"] == "confidence":
        found = [{"name": name, **question(w, motion, name, gate)} for name in motion["candidates"]]
        running = {
            c["name"]: Fraction(c["for"]["total"]) for c in found if c["outcome"] in ("carried", "pending")
        }
        winners, open_tie = seated({} if gate else running, seats, lot)
        for each in found:
            each["elected"] = each["name"] in winners and each["outcome"] == "carried"
        open_tie = open_tie or any(c["outcome"] == "pending" for c in found)
        extra: dict[str, Any] = {}
    else:
        found, extra, winners, open_tie = plurality(w, motion, gate)
    filled = sum(each["elected"] for each in found)
    outcome = gate or ("pending" if open_tie else "elected" if filled == seats else "vacancy")
    return {"outcome": outcome, "candidates": found, **extra}


def plurality(w: Any, motion: Any, gate: str | None) -> Any:
    number, seats = motion["number"], motion["seats"]
    piles: dict[Any, list[Voter]] = {name: [] for name in [*motion["candidates"], None, "", "all"]}
    for entry in w["roll"]:
        state, ballots = fate(w, entry["member"])
        if state != "returned" or entry["member"] in motion["barred"]:
            continue
        first = ballots[0]
        names = set(first["marks"].get(number, []))
        for b in [] if names or w["rules"]["blank_overrides"] else ballots:
            earlier = set(b["marks"].get(number, []))
            if earlier and len(earlier) <= seats and not b["proxy"] and not b["defect"] and not names:
                names = earlier
        if first["proxy"]:
            names = {name for name in motion["candidates"] if chair(w, motion, name) == "for"}
        invalid = first["defect"] or len(names) > seats
        for name in ["all", *(["" if invalid else None] if invalid or not names else names)]:
            piles[name].append(entry)
    running = {n: Fraction(votes_of(piles[n])) for n in motion["candidates"] if piles[n] and not gate}
    winners, open_tie = seated(running, seats, w["lots"].get(number, ()))
    found = [
        {"name": n, "votes": votes_of(piles[n]), "members": len(piles[n]), "elected": n in winners}
        for n in motion["candidates"]
    ]
    sums = {"returned": "all", "blank": None, "invalid": ""}
    extra = {name: votes_of(piles[pile]) for name, pile in sums.items()}
    return found, extra | {"members": {n: len(piles[p]) for n, p in sums.items()}}, winners, open_tie


def reference_result(w: Any) -> dict[str, Any]:
    w = w | {"sides": ("for", "against")}
    returned = [entry for entry in w["roll"] if fate(w, entry["member"])[0] == "returned"]
    quorum, counting = w["rules"]["quorum"], list(returned)
    asked = [
        (m, n) for m in w["motions"] for n in (m["candidates"] if m["method"] == "confidence" else [None])
    ]
    if quorum and quorum["deemed"]:
        deemed = {
            v["member"]
            for motion, name in asked
            if motion["method"] != "plurality"
            for v in voters_on(w, motion, name)
            if v["source"] == "deemed"
        }
        counting += [entry for entry in w["roll"] if entry["member"] in deemed and entry not in returned]
    formed: dict[str, Any] = {"needed": None, "counted": votes_of(returned), "met": True}
    if quorum:
        heads = quorum["by"] == "members"
        base = Fraction(len(w["roll"])) if heads else Fraction(votes_of(w["roll"]))
        value = len(counting) if heads else Fraction(votes_of(counting))
        bound = base * Fraction(*quorum["fraction"])
        formed = {
            "needed": needed(w, quorum["relation"], bound, quorum["by"]),
            "counted": value if heads else decimal(Fraction(value)),
            "met": stands(quorum["relation"], Fraction(value), bound, base),
        }
    done: dict[int, dict[str, Any]] = {}
    while len(done) < len(w["motions"]):
        for motion in w["motions"]:
            if motion["number"] in done or not set(motion["depends_on"]) <= set(done):
                continue
            before = [done[n]["outcome"] for n in motion["depends_on"]]
            gate = None if formed["met"] else "not_formed"
            gate = gate or ("pending" if "pending" in before else None)
            gate = gate or ("condition_failed" if set(before) - {"carried", "elected"} else None)
            done[motion["number"]] = {"number": motion["number"], "title": f"第{motion['number']}号議案"}
            done[motion["number"]] |= (
                election(w, motion, gate)
                if motion["method"] in ("confidence", "plurality")
                else question(w, motion, None, gate)
            )
            if motion["method"]:
                done[motion["number"]] |= {
                    "kind": "election",
                    "method": motion["method"],
                    "seats": motion["seats"],
                }
            if motion["method"] == "slate":
                won = done[motion["number"]]["outcome"] == "carried"
                done[motion["number"]]["candidates"] = [
                    {"name": n, "elected": won} for n in motion["candidates"]
                ]
    return {
        "format": "voting-result/1",
        "roll": {"members": len(w["roll"]), "votes": votes_of(w["roll"])},
        "returned": {"members": len(returned), "votes": votes_of(returned)},
        "quorum": formed,
        "motions": [done[motion["number"]] for motion in w["motions"]],
    }
