"""A simulator of the ION API Gateway of Infor OS, which stands in front of a product's twin.

A twin puts its routes behind :class:`Gateway`; contract, section A.
"""

from streak_infor_orchestration.twins.ion.account import Account
from streak_infor_orchestration.twins.ion.gateway import Gateway

__all__ = ["Account", "Gateway"]
