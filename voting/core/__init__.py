"""What is true: members, rules, ballots and the count.  Pure: no clock, no chance, no I/O."""
