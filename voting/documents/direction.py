"""The order in which characters stand on the line: names in Arabic or Hebrew run from right to left.

As much of the bidirectional algorithm (Unicode UAX 9) as a name inside a line of Japanese needs: what lies
between two letters of such a script is turned round, numbers in it are not.
"""

import re
import unicodedata
from collections.abc import Sequence

_KINDS = {"R": "R", "AL": "R", "EN": "N", "AN": "N", "L": "L", "NSM": "M"}
_FROM_RIGHT = re.compile("R(?:[RNMW]*[RM])?")
_IN_ORDER = re.compile("NM*(?:[NMW]*NM*)?|.M*")


def visual(clusters: Sequence[str]) -> Sequence[str]:
    """*clusters* from the left to the right; the same where nothing runs from the right."""
    kinds = "".join(_KINDS.get(unicodedata.bidirectional(cluster[0]), "W") for cluster in clusters)
    if "R" not in kinds:
        return clusters
    found: list[str] = []
    end = 0
    for run in _FROM_RIGHT.finditer(kinds):
        found += clusters[end : run.start()]
        pieces = [piece.span() for piece in _IN_ORDER.finditer(kinds, run.start(), run.end())]
        found += [cluster for start, stop in reversed(pieces) for cluster in clusters[start:stop]]
        end = run.end()
    return [*found, *clusters[end:]]
