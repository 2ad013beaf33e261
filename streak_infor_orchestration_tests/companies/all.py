"""All of them."""

from .agency import AGENCY
from .distributor import DISTRIBUTOR
from .manufacturer import MANUFACTURER

COMPANIES = (MANUFACTURER, AGENCY, DISTRIBUTOR)
