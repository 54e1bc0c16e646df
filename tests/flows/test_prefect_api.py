"""What is said of an address that is not the API of a Prefect server."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.prefect_api import ApiError, check_api


@pytest.fixture
def stranger():
    """A web server that is none of Prefect's: it shows its page for every path but `/no`."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(404 if self.path.startswith("/no") else 200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def said_of(api):
    with temporary_settings({PREFECT_API_URL: api}), pytest.raises(ApiError) as caught:
        check_api()
    return str(caught.value)


def test_an_address_without_api_is_told_from_one_with_it(stranger):
    for path in ("/no", ""):
        assert said_of(stranger + path).endswith(f"did you mean {stranger}{path}/api?")
    assert "did you mean" not in said_of(f"{stranger}/no/api")
    assert "not the API of a Prefect server: it answers with status 404" in said_of(f"{stranger}/no/api")


@pytest.mark.parametrize("api", ["http://127.0.0.1:1/api", "banaan"])
def test_a_server_that_does_not_answer_is_said(api):
    assert said_of(api).startswith(f"no Prefect server answers at {api} (PREFECT_API_URL, --api): ")
