"""How M3 lets us in: by the ION API gateway, or on-premises by HTTP Basic (Infor API contract, A.2, B.4)."""

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.infor.ion import IonOAuth, ion_login, service_account
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.transport.auth import Auth, Basic


def login(section: M3Section, secrets: Secrets, clock: Clock) -> Auth:
    """Raises Misconfigured, naming what is missing."""
    if section.login == "basic":
        user, password = secrets.named("INFOR_USERNAME"), secrets.named("INFOR_PASSWORD")
        return Basic(user.get_secret_value(), password.get_secret_value())
    return ion_login(service_account(secrets, plain_http=section.allow_plain_http), clock, IonOAuth)
