"""Webhooks: one event of one pipeline or team each (Streak API contract §3.16)."""

from streak_infor_orchestration.streak.api import Api, explain, one, page_of, success
from streak_infor_orchestration.streak.models import Webhook
from streak_infor_orchestration.streak.wire import WebhookWire
from streak_infor_orchestration.transport.http import segment


class Webhooks(Api):
    def webhooks(self, *, pipeline_key: str = "", team_key: str = "") -> tuple[Webhook, ...]:
        """Those of a pipeline or of a team; without admin rights only our own."""
        owner = f"/pipelines/{segment(pipeline_key)}" if pipeline_key else f"/teams/{segment(team_key)}"
        decode = page_of(self._readable("webhooks", lambda item: WebhookWire.model_validate(item).webhook()))
        return self.http.read("GET", f"/v2{owner}/webhooks", decode=decode, explain=explain).items

    def create_webhook(
        self, event: str, target_url: str, *, pipeline_key: str = "", team_key: str = "", token: str = ""
    ) -> Webhook:
        """`token` comes back with every delivery in the header X-Streak-Webhook-Token."""
        owner = {"pipelineKey": pipeline_key} if pipeline_key else {"teamKey": team_key}
        body = {"event": event, "targetUrl": target_url} | ({"token": token} if token else {})
        return self.http.write(
            "POST", "/v2/webhooks", params=owner, json=body, decode=one(WebhookWire), explain=explain
        ).webhook()

    def edit_webhook(self, key: str, *, target_url: str, token: str = "") -> Webhook:
        """Without a `token` it keeps the one it has."""
        path = f"/v2/webhooks/{segment(key)}"
        body = {"targetUrl": target_url} | ({"token": token} if token else {})
        return self.http.write("POST", path, json=body, decode=one(WebhookWire), explain=explain).webhook()

    def delete_webhook(self, key: str) -> None:
        self.http.write("DELETE", f"/v2/webhooks/{segment(key)}", decode=success, explain=explain)
