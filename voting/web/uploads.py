"""The request, which puts away what it has begun to take in, also where a form is broken off midway."""

from typing import IO, Any

from flask import Request


class TidyRequest(Request):
    """Closes every temporary file of an upload.

    Werkzeug closes those of a form that it has read to its end.  One that is too large is left in the middle,
    and its file would stay open until the memory is swept.
    """

    def _get_file_stream(self, *given: Any, **named: Any) -> IO[bytes]:
        stream = super()._get_file_stream(*given, **named)
        self.__dict__.setdefault("streams", []).append(stream)
        return stream

    def close(self) -> None:
        for stream in self.__dict__.get("streams", ()):
            stream.close()
        super().close()
