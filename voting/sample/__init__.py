"""The assembly of the origin case with invented members: roll, ballots, ASSEMBLY.toml and what must come out.

Members, codes and addresses are made up; the split of the votes between expressed and deemed is, too.
The totals are the published ones.
"""
