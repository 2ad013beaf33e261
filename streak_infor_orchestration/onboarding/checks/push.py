"""Whether the ERP may tell us of changes, where the file says that it does."""

from collections.abc import Iterator

from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized
from streak_infor_orchestration.gateway.infor_proof import SECRET_HEADER, StandardSignature
from streak_infor_orchestration.gateway.infor_push import PATH
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong
from streak_infor_orchestration.transport.http import HttpClient

_VARIABLE = "INFOR_WEBHOOK_SECRET"


def told_by_the_erp(context: Context) -> Iterator[Checked]:
    """Asked from here, which is not quite the way from the ERP. Raises Misconfigured for a secret that is none."""
    push, secret = context.parts.config.erp.push, context.parts.secrets.optional(_VARIABLE)
    if push is None:
        if secret is not None:
            yield wrong(
                f"{_VARIABLE} is set, and the file has no erp.push", "write it, or unset the variable"
            )
        return
    if secret is None:
        yield wrong(
            f"erp.push is set, and {_VARIABLE} is not: the gateway takes no messages of the ERP",
            f"set {_VARIABLE}, or {_VARIABLE}_FILE to the path of a file holding it",
        )
        return
    word = secret.get_secret_value()
    if push.proof == "signature":
        StandardSignature(word, context.parts.clock.now)
        yield good("the ERP's messages are known by their signature")
    elif context.public_url is None:
        yield look(
            "nobody has said where the ERP reaches the gateway",
            "set STREAK_INFOR_PUBLIC_URL, and see docs/push.md for what to enter in the ERP",
        )
    else:
        yield _answer(context, context.public_url, word)


def _answer(context: Context, base: str, word: str) -> Checked:
    gateway = HttpClient("gateway", base, attempts=1, timeout=5.0, clock=context.parts.clock)
    proxy = f"let your proxy pass {PATH} to the gateway's port"
    try:
        is_there = gateway.read(
            "GET",
            f"{PATH}/service/ping",
            headers={SECRET_HEADER: word},
            accept=(404,),
            decode=lambda answer: answer.status == 200 and answer.body["status"] == "OK",
        )
    except Unauthorized:
        return wrong(
            f"the gateway at {base} knows another {_VARIABLE}", f"start it with the same {_VARIABLE}"
        )
    except Transient:
        return look(f"nobody takes the ERP's messages at {base}", f"start `streak-infor up`, and {proxy}")
    except IntegrationError:
        is_there = False
    finally:
        gateway.close()
    if is_there:
        return good(f"the gateway at {base} takes the ERP's messages")
    return wrong(f"{base} takes no messages of the ERP", f"start the gateway with {_VARIABLE}, and {proxy}")
