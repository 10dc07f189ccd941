"""Files that come in: spreadsheets and an ASSEMBLY.toml, read strictly, with every fault at its place."""
