"""Lists of the bundle read strictly: every line canonical, in its order, each thing once."""

from voting.core.permissions import Role
from voting.ledger.bundle_files import (
    DEEMED,
    DELIVERY,
    ISSUED,
    NAMES,
    OPENINGS,
    PERSONS,
    ROLL,
)
from voting.ledger.canonical import encode, parse_instant, unb64
from voting.ledger.commitments import opening_commitment, require_ballot
from voting.ledger.ed25519 import KEY_BYTES
from voting.verify.bundle import Bundle
from voting.verify.line_shapes import (
    DeliveryLine,
    IssuedLine,
    IssuedLines,
    NameLine,
    OpeningLine,
    OpeningLines,
    PersonLine,
    RollLine,
    RollLines,
    choices_in,
    votes_in,
)
from voting.verify.lines import (
    Misshapen,
    hash_in,
    object_of,
    read_columns,
    read_lines,
    require_ascending,
    salt_in,
    text_in,
    word_in,
)
from voting.verify.usual_lines import usual_keys, usual_openings, usual_roll

_ROLES = tuple(role.value for role in Role)


def roll(bundle: Bundle, *, number: int) -> RollLines:
    """roll/public.jsonl, by member."""
    found = RollLines(*read_columns(bundle, ROLL, _roll, number=number, usual=usual_roll))
    require_ascending(found.members, ROLL, number=number)
    return found


def _roll(line: bytes) -> RollLine:
    value = object_of(line, ("category", "member", "votes"))
    return RollLine(
        text_in(value["category"]),
        hash_in(value["member"]),
        votes_in(text_in(value["votes"])),
    )


def names(bundle: Bundle, *, number: int) -> tuple[NameLine, ...]:
    """roll/private.jsonl, by member."""
    found = read_lines(bundle, NAMES, _name, number=number)
    require_ascending([each.member for each in found], NAMES, number=number)
    return found


def _name(line: bytes) -> NameLine:
    value = object_of(line, ("id", "member", "name", "salt"))
    return NameLine(
        text_in(value["id"]), hash_in(value["member"]), text_in(value["name"]), salt_in(value["salt"])
    )


def issued(bundle: Bundle, *, number: int) -> IssuedLines:
    """issued.jsonl; the order within a batch is for its entry to check."""
    return IssuedLines(*read_columns(bundle, ISSUED, _issued, number=number, usual=usual_keys))


def _issued(line: bytes) -> IssuedLine:
    value = object_of(line, ("key", "level", "member"))
    key = unb64(text_in(value["key"]))
    if len(key) != KEY_BYTES:
        raise Misshapen("the key is no Ed25519 public key")
    return IssuedLine(key, text_in(value["level"]), hash_in(value["member"]))


def delivery(bundle: Bundle, *, number: int) -> tuple[DeliveryLine, ...]:
    """delivery.jsonl; the order within a batch is for its entry to check."""
    return read_lines(bundle, DELIVERY, _delivery, number=number)


def _delivery(line: bytes) -> DeliveryLine:
    value = object_of(line, ("channel", "member", "status", "time"))
    return DeliveryLine(
        word_in(value["channel"], "mail", "web", "post", "fax", "hand", "phone"),
        hash_in(value["member"]),
        word_in(value["status"], "delivered", "failed"),
        parse_instant(text_in(value["time"])),
        line,
    )


def deemed(bundle: Bundle, *, number: int) -> tuple[str, ...]:
    """deemed.jsonl: the members, sorted."""
    found = read_lines(
        bundle, DEEMED, lambda line: hash_in(object_of(line, ("member",))["member"]), number=number
    )
    require_ascending(found, DEEMED, number=number)
    return found


def openings(bundle: Bundle, *, number: int) -> OpeningLines:
    """openings.jsonl, by index."""
    found = OpeningLines(*read_columns(bundle, OPENINGS, _opening, number=number, usual=usual_openings))
    require_ascending(found.at, OPENINGS, number=number)
    return found


def _opening(line: bytes) -> OpeningLine:
    value = object_of(line, ("ballot", "index", "salt"))
    ballot, index = value["ballot"], value["index"]
    require_ballot(ballot)
    if type(index) is not int:
        raise Misshapen("the index is no number")
    return OpeningLine(
        at=index,
        commitment=opening_commitment(encode(ballot), salt_in(value["salt"])).hex(),
        base=ballot["base"],
        log=ballot["log"],
        member=ballot["member"],
        sequence=ballot["sequence"],
        choices=choices_in(ballot["choices"]),
        proxy="proxy" in ballot,
        defect=ballot.get("defect"),
    )


def persons(bundle: Bundle, *, opened: bool, number: int) -> tuple[PersonLine, ...]:
    """persons.jsonl, by commitment; *opened* where it is an auditor's."""
    found = read_lines(bundle, PERSONS, _opened_person if opened else _person, number=number)
    require_ascending([each.pc for each in found], PERSONS, number=number)
    return found


def _person(line: bytes) -> PersonLine:
    value = object_of(line, ("pc", "role"))
    # Nothing in a public bundle proves the role; at least it is one.
    return PersonLine(hash_in(value["pc"]), word_in(value["role"], *_ROLES))


def _opened_person(line: bytes) -> PersonLine:
    value = object_of(line, ("pc", "person", "salt"))
    person = value["person"]
    if not isinstance(person, dict) or set(person) != {"id", "name", "role"}:
        raise Misshapen("a person has exactly id, name and role")
    return PersonLine(
        hash_in(value["pc"]),
        word_in(person["role"], *_ROLES),
        text_in(person["id"]),
        text_in(person["name"]),
        salt_in(value["salt"]),
    )
