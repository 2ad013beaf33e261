"""The façade in `integration.yaml`."""

from typing import Literal

from pydantic import Field

from streak_infor_orchestration.config.sections import ErpSection, Url


class FacadeSection(ErpSection):
    product: Literal["facade"] = Field(description="Which Infor product answers there")
    token_url: Url | None = Field(default=None, description="Else from INFOR_TOKEN_URL or the .ionapi file")
    settle_seconds: int = Field(
        default=330, ge=0, le=86_400, description="A write without an answer may still commit for so long"
    )

    @property
    def addresses(self) -> dict[str, str]:
        return super().addresses | ({"token_url": self.token_url} if self.token_url is not None else {})
