"""The resource through which ops and sensors borrow this process's clients and ledger."""

import dagster as dg

from streak_infor_orchestration.wiring import Wiring, wiring


class IntegrationResource(dg.ConfigurableResource[Wiring]):
    """Holds no configuration and no secret: both come from the environment of the process, once.

    Clients, tokens and metadata live per process and are only borrowed, so a warm run makes no token call.
    """

    def parts(self) -> Wiring:
        return wiring()


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(
        resources={"integration": IntegrationResource(), "in_memory": dg.mem_io_manager},
    )
