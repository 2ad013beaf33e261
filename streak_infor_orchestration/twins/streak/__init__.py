"""A stateful simulator of Streak's public API and its webhooks, after the Streak API contract.

§-numbers in this package cite that contract. Strict where its sources agree; what is undocumented carries
the word "assumed". Start it with :func:`create_app`.
"""

from streak_infor_orchestration.twins.streak.app import create_app

__all__ = ["create_app"]
