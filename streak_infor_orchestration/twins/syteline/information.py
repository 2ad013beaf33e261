"""`GET /info/{ido}`: the properties of an IDO. The members' names are not published. Contract, C.1."""

from typing import Any

from streak_infor_orchestration.twins.syteline.ido import Ido


def information(ido: Ido) -> dict[str, Any]:
    properties = [
        {
            "Name": name,
            "DataType": type(ido.kind(name)).__name__,
            "Length": ido.kind(name).length,
            "Required": name in ido.required,
            "ReadOnly": name in ido.read_only or name in ido.derived,
            "Key": name in ido.keys,
        }
        for name in ido.names()
    ]
    return {"Success": True, "Message": None, "IDOName": ido.name, "Properties": properties}
