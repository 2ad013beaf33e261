"""The product as an operator sees it: a deal's story from the gateway, runs from Dagster."""

from datetime import datetime

from streak_infor_orchestration.demo.http import Json, client

RUN = "query($run: ID!) { runOrError(runId: $run) { ... on Run { status } } }"


class Gateway:
    def __init__(self, url: str, webserver_url: str) -> None:
        self._gateway = client(url)
        self._dagster = client(webserver_url)
        self._webserver_url = webserver_url

    def story(self, box: str) -> Json:
        """`outcomes`, `effects`, `events`, `pending`, `dead_letter`; empty lists for a deal nobody mentioned."""
        answer = self._gateway.get(f"/deals/{box}")
        if answer.status_code == 404:
            return {"outcomes": [], "effects": [], "events": [], "pending": None, "dead_letter": None}
        return dict(answer.raise_for_status().json())

    def outcome_since(self, box: str, since: datetime) -> Json | None:
        """How the deal stands after what happened to it since then; None while that is not known yet."""
        return last_word(self.story(box), since)

    def standing(self, box: str) -> str:
        """How the deal stands, in one sentence, for somebody who waits for it in vain."""
        story = self.story(box)
        if letter := story["dead_letter"]:
            fixes = " ".join(problem["fix"] for problem in letter["diagnosis"].get("problems", []))
            return f"the deal waits for a person: {letter['message']} {fixes}"
        if story["pending"]:
            return f"the deal waits to be worked on: {story['pending']}"
        outcomes = story["outcomes"]
        return (
            f"the deal's last run told: {outcomes[0]['summary']}"
            if outcomes
            else "nobody has looked at the deal"
        )

    def link(self, run: str) -> str:
        """The run's page in the Dagster UI."""
        return f"{self._webserver_url}/runs/{run}"

    def run_status(self, run: str) -> str:
        """SUCCESS, FAILURE, …; empty for a run that Dagster does not know."""
        body = {"query": RUN, "variables": {"run": run}}
        told = self._dagster.post("/graphql", json=body).raise_for_status().json()
        return str(told["data"]["runOrError"].get("status", ""))


def last_word(story: Json, since: datetime) -> Json | None:
    """The newest outcome, if something was told since then, nothing waits, and it came after all that was told.

    Echoes of the integration's own writes are no news.
    """
    told = [when(event["at"]) for event in story["events"] if not event["echo"]]
    if story["pending"] or not story["outcomes"] or max(told, default=since) < since:
        return None
    newest: Json = story["outcomes"][0]
    return newest if when(newest["finished_at"]) >= max(told, default=since) else None


def when(instant: str) -> datetime:
    return datetime.fromisoformat(instant)
