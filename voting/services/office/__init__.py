"""Who works here and who may: accounts, signing in, and acts that need two persons."""
