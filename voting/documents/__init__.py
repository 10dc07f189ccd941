"""Files that go out: facts in, bytes out.  The same facts give the same bytes."""
