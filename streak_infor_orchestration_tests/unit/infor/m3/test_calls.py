"""How M3 is called, and what its answers mean (Infor API contract, B.1 to B.5)."""

import pytest
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.domain.errors import (
    Misconfigured,
    Rejected,
    Transient,
    Unauthorized,
    Unknown,
)
from streak_infor_orchestration.infor.m3.mi import BULK, MiCall
from streak_infor_orchestration_tests.unit.infor.m3.conftest import M3Answering
from streak_infor_orchestration_tests.unit.infor.m3.scripted import answered, done, nok, refused, rows

HEAD = {"CUNO": "C10001", "CUOR": "STK-1"}


def test_a_read_is_a_get_with_its_size_and_no_cache_can_answer_it(m3: M3Answering) -> None:
    told = m3(done("GetBasicData", {"CUNO": "C10001   ", "CUNM": " Northwind "}), divi="AAA")
    for _ in range(2):
        row = told.erp.mi.one("CRS610MI", MiCall("GetBasicData", {"CUNO": "C10001"}, "CUNO CUNM"))
        assert row == {"CUNO": "C10001", "CUNM": "Northwind"}
    first, second = told.asked
    assert (first.method, first.path) == ("GET", "/m3api-rest/v2/execute/CRS610MI/GetBasicData")
    assert {name: value for name, value in first.query.items() if name != "_rid"} == {
        "CUNO": "C10001",
        "cono": "100",
        "divi": "AAA",
        "maxrecs": "1",
        "dateformat": "YMD8",
        "excludeempty": "false",
        "righttrim": "true",
        "returncols": "CUNO,CUNM",
    }
    assert first.query["_rid"] != second.query["_rid"]


def test_a_write_is_a_post_whose_transactions_come_last(m3: M3Answering) -> None:
    told = m3(done("AddBatchHead", {"ORNO": "0000054321"}), divi="AAA")
    assert told.erp.mi.write("OIS100MI", "AddBatchHead", HEAD, columns="ORNO") == {"ORNO": "0000054321"}
    asked = told.last
    assert (asked.method, asked.path) == ("POST", "/m3api-rest/v2/execute")
    assert list(asked.body) == [
        "program",
        "cono",
        "divi",
        "excludeEmptyValues",
        "rightTrim",
        "maxReturnedRecords",
        "transactions",
    ]
    assert (asked.body["program"], asked.body["cono"], asked.body["divi"]) == ("OIS100MI", 100, "AAA")
    assert asked.body["transactions"] == [
        {"transaction": "AddBatchHead", "record": HEAD, "selectedColumns": ["ORNO"]}
    ]
    assert asked.query["dateformat"] == "YMD8" and asked.query["_rid"]


def test_no_company_is_said_where_none_is_configured(m3: M3Answering) -> None:
    told = m3(done("GetUserData", {"USID": "X"}), cono=None)
    told.erp.ping()
    assert not {"cono", "divi"} & told.last.query.keys()


@pytest.mark.parametrize("status", [503, 504, 408, 500])
def test_a_write_without_a_clear_answer_is_sent_once(m3: M3Answering, status: int) -> None:
    told = m3(Response(status_code=status))
    with pytest.raises(Unknown):
        told.erp.mi.write("OIS100MI", "AddBatchHead", HEAD)
    assert len(told.asked) == 1


AT_THE_TOP = {
    "errorMessage": "Customer number is invalid                    ",
    "errorCode": "XIM0002",
    "errorField": "CUNO      ",
    "errorType": "ServerReturnedNOK",
}


@pytest.mark.parametrize(
    "answer",
    [
        answered(nok("AddBatchHead", "XIM0002", "CUNO", "Customer number is invalid")),
        answered(nok("AddBatchHead", "XIM0002", "CUNO", "Customer number is invalid"), status=400),
        JSONResponse(AT_THE_TOP, 400),
        JSONResponse({"results": [], "wasTerminated": True, **AT_THE_TOP}),
    ],
)
def test_a_refusal_is_read_in_every_shape(m3: M3Answering, answer: Response) -> None:
    with pytest.raises(Rejected) as caught:
        m3(answer).erp.mi.write("OIS100MI", "AddBatchHead", HEAD)
    refusal = caught.value
    assert (refusal.code, refusal.field, refusal.value) == (
        "unknown_customer",
        "CUNO (customer number)",
        "C10001",
    )
    assert refusal.message == (
        "M3: Customer number is invalid [CUNO (customer number)] (OIS100MI/AddBatchHead)"
    )


def test_a_refusal_of_the_company_is_an_administrators_errand(m3: M3Answering) -> None:
    with pytest.raises(Unauthorized):
        m3(refused("AddBatchHead", "XAU0008", "CONO")).erp.mi.write("OIS100MI", "AddBatchHead", HEAD)
    with pytest.raises(Unauthorized):
        m3(refused("GetUserData", "XAU0008", "CONO")).erp.ping()


@pytest.mark.parametrize("status", [200, 400])
def test_a_transaction_that_the_tenant_has_not_is_an_administrators_errand(
    m3: M3Answering, status: int
) -> None:
    body = {"wasTerminated": True, "terminationErrorType": "TransactionNotFound", "terminationReason": "no"}
    with pytest.raises(Misconfigured) as caught:
        m3(JSONResponse(body, status)).erp.mi.write("OIS100MI", "AddBatchHead", HEAD)
    assert caught.value.field == "OIS100MI/AddBatchHead"
    with pytest.raises(Misconfigured):
        m3(JSONResponse(body, status)).erp.ping()


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"wasTerminated": True, "terminationReason": "the job ended"}),
        JSONResponse({"results": []}),
        JSONResponse({}),
        JSONResponse([]),
        Response("<html/>"),
    ],
)
def test_a_write_that_broke_off_is_unknown(m3: M3Answering, answer: Response) -> None:
    with pytest.raises(Unknown):
        m3(answer).erp.mi.write("OIS100MI", "AddBatchHead", HEAD)


@pytest.mark.parametrize("answer", [refused("GetBasicData", "X", "CUNO"), done("GetBasicData")])
def test_no_such_record_is_none(m3: M3Answering, answer: Response) -> None:
    key = MiCall("GetBasicData", {"CUNO": "C1"}, "CUNO")
    assert m3(answer).erp.mi.one("CRS610MI", key) is None


def test_another_refusal_of_a_read_is_not_taken_for_no_such_record(m3: M3Answering) -> None:
    key = MiCall("GetBasicData", {"CUNO": "C1"}, "CUNO")
    with pytest.raises(Transient):
        m3(refused("GetBasicData", "XOP0100", "DIVI")).erp.mi.one("CRS610MI", key)
    told = m3(refused("GetBasicData", "XOP0100", ""), absent_codes=["XOP0100"])
    assert told.erp.mi.one("CRS610MI", key) is None


def test_a_key_that_no_record_can_have_is_not_asked_for(m3: M3Answering) -> None:
    told = m3(done("GetBasicData"))
    for key in ("", "ELEVEN CHARS"):
        assert told.erp.mi.one("CRS610MI", MiCall("GetBasicData", {"CUNO": key}, "CUNO")) is None
    assert told.asked == []


def test_many_of_one_program_are_one_call_and_what_it_left_out_is_asked_for_again(m3: M3Answering) -> None:
    told = m3(
        answered(
            rows("GetBasicData", {"CUNO": "C1"}),
            nok("GetBasicData", "X", "CUNO"),
            {"transaction": "GetBasicData", "notProcessed": True},
        ),
        answered(rows("GetBasicData", {"CUNO": "C3"})),
    )
    calls = [MiCall("GetBasicData", {"CUNO": key}, "CUNO") for key in ("C1", "C2", "C3")]
    assert told.erp.mi.all("CRS610MI", calls) == [({"CUNO": "C1"},), (), ({"CUNO": "C3"},)]
    assert told.lines == ["POST GetBasicData+GetBasicData+GetBasicData", "POST GetBasicData"]


def test_no_more_than_fifty_at_once(m3: M3Answering) -> None:
    told = m3(answered(*[rows("GetBasicData", {"CUNO": "C"})] * BULK), answered(rows("GetBasicData")))
    found = told.erp.mi.all("CRS610MI", [MiCall("GetBasicData", {"CUNO": "C"}, "CUNO")] * (BULK + 1))
    assert [len(of_one) for of_one in found] == [1] * BULK + [0]
    assert [len(asked.calls) for asked in told.asked] == [BULK, 1]


def test_an_m3_that_does_nothing_is_not_asked_for_ever(m3: M3Answering) -> None:
    told = m3(answered({"transaction": "GetBasicData", "notProcessed": True}))
    with pytest.raises(Transient):
        told.erp.mi.all("CRS610MI", [MiCall("GetBasicData", {"CUNO": "C"}, "CUNO")])
    assert len(told.asked) == 1


def test_a_list_goes_on_from_its_last_key(m3: M3Answering) -> None:
    first = [{"CUNO": f"C{n:02}"} for n in range(50)]
    told = m3(
        done("LstByNumber", *first),
        done("LstByNumber", first[-1], {"CUNO": "C99"}),
        page_size=50,
        marker_field="YRE2",
    )
    assert list(told.erp.references("customer")) == []
    assert [asked.calls[0][1] for asked in told.asked] == [{}, {"CUNO": "C49"}]
    assert {asked.query["maxrecs"] for asked in told.asked} == {"50"}


def test_a_list_that_does_not_go_on_is_not_taken_for_all_of_it(m3: M3Answering) -> None:
    told = m3(done("LstByNumber", *[{"CUNO": f"C{n:02}"} for n in range(50)]), page_size=50)
    with pytest.raises(Transient) as caught:
        list(told.erp.references("customer"))
    assert caught.value.code == "endless_list" and len(told.asked) == 2
