"""The resource through which ops and sensors borrow this process's clients and ledger."""

from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from streak_infor_orchestration.wiring import Wiring


class IntegrationResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # it is its own value
    """Holds no configuration and no secret: both come from the environment of the process, once.

    Clients, tokens and metadata live per process and are only borrowed, so a warm run makes no token call.
    """

    def parts(self) -> "Wiring":
        from streak_infor_orchestration.wiring import (
            wiring,  # the clients' imports cost more than all of ours
        )

        return wiring()


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(
        resources={"integration": IntegrationResource(), "in_memory": dg.mem_io_manager},
    )
