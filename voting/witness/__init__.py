"""A witness: an auditor's own machine that remembers how far a log had come, and signs nothing else."""
