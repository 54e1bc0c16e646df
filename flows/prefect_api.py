"""Whether the Prefect server that the environment names is one: asked before anything is made there or run."""

from __future__ import annotations

from schemas.errors import BegrotingError

_PATIENCE = 15.0  # seconds


class ApiError(BegrotingError):
    """The address of the API is not that of a Prefect server, or nothing answers there."""


def check_api() -> None:
    """Ask the API that Prefect goes by, if one is named; without one, runs have a temporary server.

    Raises:
        ApiError: where it does not answer as Prefect does.
    """
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL

    api = PREFECT_API_URL.value()
    if not api:
        return
    try:
        with get_client(httpx_settings={"timeout": _PATIENCE}, sync_client=True) as client:
            answer = client.request("GET", "/health")
    except httpx.HTTPStatusError as error:
        if error.response.status_code in (401, 403):
            raise ApiError(f"{api} asks for a key (PREFECT_API_AUTH_STRING, PREFECT_API_KEY)") from error
        raise _strange(api, f"status {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ApiError(
            f"no Prefect server answers at {api} (PREFECT_API_URL, --api): {error or type(error).__name__}"
        ) from error
    if not answer.headers.get("content-type", "").startswith("application/json"):
        raise _strange(api, "no JSON")


def _strange(api: str, answer: str) -> ApiError:
    hint = "" if api.rstrip("/").endswith("/api") else f"; did you mean {api.rstrip('/')}/api?"
    return ApiError(
        f"{api} (PREFECT_API_URL, --api) is not the API of a Prefect server: it answers with {answer}{hint}"
    )
