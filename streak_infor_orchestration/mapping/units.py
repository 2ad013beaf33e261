"""Units of measure: what is sold whole, and what by any part of it."""

_COUNTED = frozenset(
    """
    EA EACH PC PCE PCS PIECE PIECES ST STK STCK STUECK STÜCK PZ PZA U UN UND UNIT UNITS NOS NMB H87 C62
    EA. PC. PCS. ST. STK. SET SETS KIT KITS PR PAIR PAIRS PAA PACK PK PAK BX BOX CS CASE CT CTN CARTON KAR
    ROLL ROL RO BAG BTL LIC USER SEAT
    """.split()
)
"""By their usual codes, UN/ECE's among them. Hours, lengths, weights, volumes and units that are not known here may be
ordered in parts."""


def is_counted(unit: str) -> bool:
    return unit.strip().upper() in _COUNTED
