"""The verifier: is what a bundle says so?  Needs Python, ``cryptography``, and nothing of the server."""
