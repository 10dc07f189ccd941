"""敬称: how a member is addressed on envelopes and letters.  Source: domain.md 3.3.3."""

from voting.core.members import Member

_GIVEN = ("様", "殿", "御中", "各位", "先生")
_PERSONS = frozenset(("個人", "個人会員"))


def addressee(member: Member) -> tuple[str, ...]:
    """Organisation, section, person: 様 after a person, 御中 after what is none, never both, never twice."""
    if member.person:
        return (member.name, *((member.section,) if member.section else ()), _with(member.person, "様"))
    if member.section:
        return (member.name, _with(member.section, "御中"))
    person = member.kind in _PERSONS or member.category in _PERSONS
    return (_with(member.name, "様" if person else "御中"),)


def _with(name: str, honorific: str) -> str:
    return name if name.endswith(_GIVEN) else f"{name}　{honorific}"
