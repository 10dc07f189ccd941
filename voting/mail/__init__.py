"""Mails: facts in, a message out; and the relay that takes them."""
