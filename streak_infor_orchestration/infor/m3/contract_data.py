"""Makes `contract.json` from Infor's descriptions of the MI programs: `python -m
streak_infor_orchestration.infor.m3.contract_data infor-m3-fields.json`.

The file it reads holds `{program: {transactions: {name: {in: [{n, len, num, req}]}}}}`, as extracted from the Swagger
files that M3 makes (Infor API contract, S1). CONO is left out: the company is said once, by the setting `cono`.
"""

import json
import sys
from pathlib import Path
from typing import Any

USED = {
    "ARS200MI": "GetInvTotInfo GetInvoice LstInvoiceTrans",
    "CRS055MI": "LstRatesPerType",
    "CRS070MI": "LstDelyMethod",
    "CRS175MI": "LstCurrRates",
    "CRS530MI": "GetEmployee LstEmployee",
    "CRS610MI": "Add AddAddress ChgAddress ChgBasicData ChgFinancial ChgOrderInfo GetAddress GetBasicData GetFinancial "
    "GetOrderInfo LstByNumber LstBySearchKey",
    "CRS620MI": "GetBasicData LstSuppliers",
    "CRS630MI": "GetAccountID LstAccountID",
    "EXPORTMI": "Select",
    "MMS005MI": "GetWarehouse",
    "CRS008MI": "Get",
    "MMS200MI": "GetItmBasic GetItmPrice GetItmWhsBal LstItmByItm LstItmWhsByItm",
    "MNS150MI": "GetUserData",
    "MRS001MI": "LstTransactions",
    "OIS010MI": "LstOrderTypes",
    "OIS100MI": "AddBatchHead AddBatchHeadChg AddBatchLine ChgOrderRef CloLine Confirm DelBatchHead DelBatchLine "
    "GetHead LstBatchHead LstBatchLine LstErrMsgOrder LstHead LstLine",
    "OIS275MI": "GetTmpOrderStat",
    "OIS320MI": "GetPriceLine",
    "OIS350MI": "LstAllInvByCO LstInvHeadByPay LstInvLine",
}


def compact(described: Any) -> dict[str, dict[str, str]]:
    """The inputs of the transactions that are used."""
    return {
        program: {
            name: _inputs(described[program]["transactions"][name]["in"]) for name in sorted(names.split())
        }
        for program, names in sorted(USED.items())
    }


def _inputs(fields: list[dict[str, Any]]) -> str:
    return " ".join(
        f"{field['n']}:{field['len']}{'n' if field['num'] else ''}{'*' if field['req'] else ''}"
        for field in fields
        if field["n"] != "CONO"
    )


if __name__ == "__main__":
    made = compact(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    target = Path(__file__).with_name("contract.json")
    target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
