"""Every program that the twin plays, by name. Contract, B.8."""

from collections.abc import Mapping

from streak_infor_orchestration.twins.m3 import (
    codes,
    confirming,
    customers,
    invoices,
    items,
    lookups,
    metadata,
    order_changes,
    orders,
    parties,
    receivables,
    temporary,
)
from streak_infor_orchestration.twins.m3.handler import Program

PROGRAMS: Mapping[str, Program] = {
    "ARS200MI": receivables.ARS200MI,
    "CMS100MI": lookups.CMS100MI,
    "CRS008MI": codes.CRS008MI,
    "CRS055MI": codes.CRS055MI,
    "CRS070MI": codes.CRS070MI,
    "CRS075MI": codes.CRS075MI,
    "CRS175MI": codes.CRS175MI,
    "CRS530MI": parties.CRS530MI,
    "CRS610MI": customers.CRS610MI,
    "CRS620MI": parties.CRS620MI,
    "CRS630MI": parties.CRS630MI,
    "EXPORTMI": lookups.EXPORTMI,
    "MMS005MI": codes.MMS005MI,
    "MMS060MI": items.MMS060MI,
    "MMS200MI": items.MMS200MI,
    "MNS150MI": metadata.MNS150MI,
    "MRS001MI": metadata.MRS001MI,
    "OIS010MI": codes.OIS010MI,
    "OIS100MI": {**temporary.OIS100MI, **confirming.OIS100MI, **orders.OIS100MI, **order_changes.OIS100MI},
    "OIS120MI": orders.OIS120MI,
    "OIS275MI": temporary.OIS275MI,
    "OIS320MI": items.OIS320MI,
    "OIS350MI": invoices.OIS350MI,
}
