"""No file stays open of an upload, whether it was taken or broken off."""

import gc
import warnings

import pytest
from flask import Flask, request

from voting.web.uploads import TidyRequest

_HEAD = b'--B\r\nContent-Disposition: form-data; name="scan"; filename="a.png"\r\n\r\n'
FILE = _HEAD + 20 * (b"0" * 50_000 + b"\r\n")
FIELD = b'--B\r\nContent-Disposition: form-data; name="why"\r\n\r\n%s\r\n--B--\r\n'


@pytest.fixture
def taker() -> Flask:
    app = Flask("uploads")
    app.request_class = TidyRequest

    @app.post("/")
    def take() -> str:
        request.max_form_memory_size = 200_000
        return str(len(request.files["scan"].read()))

    return app


@pytest.mark.parametrize(("field", "status"), [(b"paper", 200), (b"0" * 300_000, 413)])
def test_an_upload_leaves_no_file_open(taker: Flask, field: bytes, status: int) -> None:
    gc.collect()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        answer = taker.test_client().post(
            "/", data=FILE + FIELD % field, content_type="multipart/form-data; boundary=B"
        )
        code = answer.status_code
        answer.close()
        del answer
        gc.collect()

    assert code == status
    assert [each for each in seen if issubclass(each.category, ResourceWarning)] == []


def test_the_service_takes_its_uploads_so(app: Flask) -> None:
    assert app.request_class is TidyRequest
