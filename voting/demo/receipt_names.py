"""What the files of receipts are called: by the member's number, whatever stands in it."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import quote

_LONGEST = 200  # bytes: a file's name ends at 255 on all usual disks


def receipt_names(members: Sequence[str]) -> tuple[str, ...]:
    """A name for each receipt, without its ending.

    Shape   *members*: whose receipts they are, in order.  A member's first one has its plain number, later
            ones are counted on; no two names are alike, not even where a disk ignores case.
    """
    plain = {member: safe_name(member) for member in members}
    kept, taken = {each.casefold() for each in plain.values()}, set[str]()
    seen: Counter[str] = Counter()
    names = []
    for member in members:
        seen[member] += 1
        name = plain[member] if seen[member] == 1 else f"{plain[member]}-{seen[member]}"
        # M1-2 may be the second receipt of M1, or the first one of a member with that number.
        while name.casefold() in (taken if name == plain[member] else taken | kept):
            seen[member] += 1
            name = f"{plain[member]}-{seen[member]}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def safe_name(number: str) -> str:
    """*number* as a name in a folder, never a way out of it; a usual number stays as it is.

    Percent-encoded, as the names of the anchors are; a very long one is cut, and told apart by its digest.
    """
    name = quote(number, safe="")
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST].rpartition('%')[0]}~{sha256(number.encode()).hexdigest()[:16]}"
