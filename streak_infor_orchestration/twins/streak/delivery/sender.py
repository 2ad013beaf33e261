"""One attempt of a delivery, as HTTP (§3.16)."""

import httpx

TOKEN_HEADER = "X-Streak-Webhook-Token"


class Sender:
    """Keeps connections; to be used from one event loop and closed there."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def send(self, url: str, body: bytes, token: str | None, timeout: float) -> int | None:
        """The status answered, or None when nothing was in time. The token header is there iff one is set."""
        headers = {"Content-Type": "application/json"} | ({TOKEN_HEADER: token} if token else {})
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False)
        try:
            answer = await self._client.post(url, content=body, headers=headers, timeout=timeout)
        except (httpx.HTTPError, httpx.InvalidURL):
            return None
        return answer.status_code

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None  # the same twin may be served again
