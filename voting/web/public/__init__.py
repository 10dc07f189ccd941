"""The public part: which assemblies there are, and what they decided."""
