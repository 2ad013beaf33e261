"""How the façade lets us in (Infor façade contract, Transport and authentication)."""

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.infor.ion import IonOAuth, ion_login
from streak_infor_orchestration.transport.auth import ApiKey, Auth


def login(section: FacadeSection, secrets: Secrets, clock: Clock) -> Auth:
    """By OAuth, behind the ION gateway or with a client of its own, else by an API key. Raises Misconfigured."""
    credentials = secrets.infor(section.token_url, plain_http=section.allow_plain_http)
    if credentials.client_id is None:
        if credentials.api_key is None:
            raise Misconfigured("no credentials for the ERP", field="INFOR_CLIENT_ID")
        return ApiKey(credentials.api_key.get_secret_value())
    return ion_login(credentials, clock, IonOAuth)
