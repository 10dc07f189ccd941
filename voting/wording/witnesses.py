"""The witnesses of a log in words: who has cosigned, and how far."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WitnessFacts:
    """One witness.  Shape: ``name`` is the policy's, ``key`` its key's; ``size`` 0 where it never signed."""

    name: str
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class CosignatureFacts:
    """How many witnesses have cosigned the log at ``size`` entries or later.

    Shape   no witnesses: the assembly's policy names none.  ``is_met``: as many as the policy asks for.
    """

    witnesses: tuple[WitnessFacts, ...] = ()
    size: int = 0
    is_met: bool = False

    @property
    def reached(self) -> int:
        return sum(each.size >= self.size for each in self.witnesses)


def cosignature_lines(facts: CosignatureFacts) -> tuple[str, ...]:
    """The count of cosignatures, then a line for each witness."""
    if not facts.witnesses:
        return ("記録の立会人　なし(この総会では、外部の立会人による記録への連署を定めていません。)",)
    quorum = "定めた数に達しています。" if facts.is_met else "定めた数に達していません。"
    return (
        f"記録の立会人の連署　{facts.reached}/{len(facts.witnesses)}　{quorum}",
        *(f"{each.name}　{_reach(each)}　({each.key})" for each in facts.witnesses),
    )


def result_lines(facts: CosignatureFacts, *, at: str = "") -> tuple[str, ...]:
    """As ``cosignature_lines``, with a sentence on the result's own checkpoint; *at* says as of when."""
    count, *rest = cosignature_lines(facts)
    if not facts.witnesses:
        return (count, *rest)
    return (
        count,
        f"この結果のチェックポイント({facts.size:,}件)には、{at}記録の立会人{len(facts.witnesses)}者のうち"
        f"{facts.reached}者の連署があります(後のチェックポイントへの連署を含む)。",
        *rest,
    )


def _reach(witness: WitnessFacts) -> str:
    return f"{witness.size:,}件まで連署" if witness.size else "連署なし"
