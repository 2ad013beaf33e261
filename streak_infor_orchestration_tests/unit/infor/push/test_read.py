"""From bytes to records: every envelope of the contract (E.1 to E.6), and everything that is none."""

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from streak_infor_orchestration.infor.push import json_message, unpacked
from streak_infor_orchestration.infor.push.bod import bod_hints, is_bod
from streak_infor_orchestration.infor.push.by_fields import by_fields
from streak_infor_orchestration.infor.push.message import Hint, NotUnderstood, PushMessage
from streak_infor_orchestration.infor.push.read import MOST_HINTS, read
from streak_infor_orchestration.infor.push.unpacked import PushDelivery

ORDER = "0010004711"
BOD = f"""<?xml version="1.0" encoding="UTF-8"?>
<SyncSalesOrder xmlns="http://schema.infor.com/InforOAGIS/2" releaseID="9.2">
  <ApplicationArea>
    <Sender><LogicalID>lid://infor.m3.m3</LogicalID></Sender>
    <CreationDateTime>2026-11-30T09:00:00Z</CreationDateTime>
    <BODID>infor-nid:ACME:100:{ORDER}:1?SalesOrder&amp;verb=Sync</BODID>
  </ApplicationArea>
  <DataArea>
    <Sync><ActionCriteria><ActionExpression actionCode="Change"/></ActionCriteria></Sync>
    <SalesOrder><SalesOrderHeader>
      <DocumentID><ID accountingEntity="100">{ORDER}</ID></DocumentID>
      <CustomerParty><PartyIDs><ID>C10001</ID></PartyIDs></CustomerParty>
    </SalesOrderHeader></SalesOrder>
  </DataArea>
</SyncSalesOrder>""".encode()


def hints(message: PushMessage) -> tuple[Hint, ...] | None:
    return (
        bod_hints(message, invoices=True)
        if is_bod(message)
        else by_fields(message, ("ORNO",), ("DIVI", "IVNO"))
    )


def told(
    content: bytes | str | Any, content_type: str = "", **parameters: str
) -> tuple[str, tuple[Hint, ...]]:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read(PushDelivery(content_type, body, parameters), hints)


def keys(found: tuple[str, Sequence[Hint]]) -> list[tuple[str, str]]:
    return [(hint.entity, hint.key) for hint in found[1]]


def multipart(
    payload: bytes, parameters: dict[str, str] | None, boundary: str = "b0und"
) -> tuple[bytes, str]:
    parts = []
    if parameters is not None:
        parts.append(
            b'Content-Disposition: form-data; name="ParameterRequest"\r\nContent-Type: application/json\r\n\r\n'
            + json.dumps(parameters).encode()
        )
    parts.append(
        b'Content-Disposition: form-data; name="MessagePayload"; filename="m"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + payload
    )
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + b"--" + boundary.encode() + b"--\r\n", f'multipart/form-data; boundary="{boundary}"'


def test_a_bod_names_its_order() -> None:
    assert told(BOD) == ("SalesOrder", (Hint("order", ORDER),))


def test_a_bod_of_several_orders_names_each_once() -> None:
    start, end = BOD.index(b"<SalesOrder>"), BOD.index(b"</DataArea>")
    order = BOD[start:end]
    several = BOD[:end] + order + order.replace(b"4711", b"4712") + BOD[end:]
    assert keys(told(several)) == [("order", ORDER), ("order", "0010004712")]


INVOICE = """<SyncInvoice><DataArea><Sync/><Invoice><InvoiceHeader><DocumentID><ID>90001</ID></DocumentID>{}
</InvoiceHeader></Invoice></DataArea></SyncInvoice>"""


def test_a_bod_of_an_invoice_names_the_orders_it_is_of_or_else_itself() -> None:
    reference = f"<SalesOrderReference><DocumentID><ID>{ORDER}</ID></DocumentID></SalesOrderReference>"
    assert keys(told(INVOICE.format(reference).encode())) == [("order", ORDER)]
    assert keys(told(INVOICE.format("").encode())) == [("invoice", "90001")]


def test_a_bod_of_something_else_is_of_no_concern() -> None:
    assert told(BOD.replace(b"SalesOrder", b"ItemMaster")) == ("ItemMaster", ())


DEFLATED = zlib.compress(BOD)
RAW_DEFLATED = zlib.compress(BOD, wbits=-15)


@pytest.mark.parametrize(
    ("payload", "encoding"),
    [
        (BOD, "NONE"),
        (base64.b64encode(BOD), "BASE64"),
        (DEFLATED, "DEFLATE"),
        (RAW_DEFLATED, "DEFLATE"),
        (base64.b64encode(DEFLATED), "BASE64_DEFLATE"),
        (base64.encodebytes(RAW_DEFLATED), "deflate+base64"),
    ],
)
def test_ions_multipart_message_in_every_encoding(payload: bytes, encoding: str) -> None:
    parameters = {"documentName": "Sync.SalesOrder", "encoding": encoding, "messageId": "m-1"}
    body, content_type = multipart(payload, parameters)
    assert told(body, content_type) == ("SalesOrder", (Hint("order", ORDER),))


def test_bytes_of_every_kind_come_through_a_multipart_message_as_they_are() -> None:
    everything = bytes(range(256)) * 3 + b"\r\r\n\n\r"
    body, content_type = multipart(everything, {"encoding": "NONE"})
    assert unpacked.unpacked(PushDelivery(content_type, body, {})).content == everything


def test_parameters_may_stand_beside_a_message_of_one_part() -> None:
    body, content_type = multipart(DEFLATED, None)
    found = told(body, content_type, documentname="Sync.SalesOrder", encoding="DEFLATE")
    assert found == ("SalesOrder", (Hint("order", ORDER),))
    assert keys(told(DEFLATED, "application/octet-stream", encoding="DEFLATE")) == [("order", ORDER)]


def test_a_message_as_one_json_or_xml_document() -> None:
    document = {"value": base64.b64encode(DEFLATED).decode(), "encoding": "BASE64/DEFLATE"}
    assert keys(told({"documentName": "Sync.SalesOrder", "messageId": "1", "document": document})) == [
        ("order", ORDER)
    ]
    plain = {"documentName": "Sync.SalesOrder", "document": {"value": BOD.decode(), "encoding": "NONE"}}
    assert keys(told(plain)) == [("order", ORDER)]
    wrapped = BOD.partition(b"?>")[2].decode()
    xml = f"<messageRequest><documentName>Sync.SalesOrder</documentName><document><value><![CDATA[{wrapped}]]></value>"
    assert keys(told(f"{xml}<encoding>NONE</encoding></document></messageRequest>".encode())) == [
        ("order", ORDER)
    ]


EVENT = {"publisher": "M3", "documentName": "OOHEAD", "operation": "UPDATE"}


@pytest.mark.parametrize(
    "body",
    [
        {
            **EVENT,
            "elements": [
                {"name": "ORNO", "value": ORDER, "oldValue": ORDER},
                {"name": "ORST", "value": "66"},
            ],
        },
        {**EVENT, "before": {"ORNO": ORDER, "ORST": "22"}, "after": {"ORNO": ORDER, "ORST": "66"}},
        {**EVENT, "record": {"ORNO": f"{ORDER}  "}},
        {**EVENT, "records": [{"orno": ORDER}, {"PONR": 1}]},
        [{"Name": "IDO", "Value": "SLCos"}, {"Name": "ORNO", "Value": ORDER}],
        [{"ORNO": ORDER}],
    ],
)
def test_an_event_of_any_shape_names_its_order(body: Any) -> None:
    assert keys(told(body)) == [("order", ORDER)]


def test_an_invoice_is_named_by_all_parts_of_its_key_from_wherever_they_stand_around_it() -> None:
    assert keys(told({"DIVI": "AAA", "rows": [{"IVNO": 1}, {"IVNO": 2}]})) == [
        ("invoice", "AAA/1"),
        ("invoice", "AAA/2"),
    ]
    with pytest.raises(NotUnderstood):
        told({"rows": [{"IVNO": 1}]})


def test_what_our_own_description_offers_needs_no_product() -> None:
    assert keys(told({"entity": "order", "key": ORDER})) == [("order", ORDER)]
    both = [
        {"entity": "order", "key": "1"},
        {"entity": "invoice", "key": " 2 "},
        {"entity": "vendor", "key": "3"},
    ]
    assert keys(told({"changes": both})) == [("order", "1"), ("invoice", "2")]


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "neither XML nor JSON"),
    "text": (b"Jane Roe", "neither XML nor JSON"),
    "half JSON": (b'{"ORNO": "1"', "no JSON"),
    "half XML": (BOD[:-30], "no XML"),
    "an encoding nobody knows": (b'<?xml version="1.0" encoding="x-y"?><a>1</a>', "no XML"),
    "a document type": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
    "another file": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
    "a tower of elements": (b"<a>" * 100 + b"</a>" * 100, "nested too deeply"),
    "a tower of lists": (b"[" * 100_000, "no JSON"),
    "a tower of objects": (b'{"a":' * 900 + b"1" + b"}" * 900, "names no record"),
    "far too many records": (json.dumps([{"ORNO": str(n)} for n in range(501)]).encode(), "more than 500"),
    "no record": (b'{"operation": "UPDATE", "Jane Roe": 1}', r"names no record: operation$"),
    "an empty key": (b'{"ORNO": "  "}', "names no record: orno"),
    "a key that is none": (json.dumps({"ORNO": "a\x00b"}).encode(), "names no record"),
    "an endless key": (json.dumps({"ORNO": "9" * 200}).encode(), "names no record"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_told_without_a_value_of_it(what: str) -> None:
    body, said = BAD[what]
    with pytest.raises(NotUnderstood, match=said) as caught:
        told(body)
    assert "Jane" not in str(caught.value) and len(str(caught.value)) < 300


def test_a_small_message_that_would_fill_the_memory_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "MOST_BYTES", 10_000)
    body, content_type = multipart(zlib.compress(b" " * 1_000_000), {"encoding": "DEFLATE"})
    with pytest.raises(NotUnderstood, match="more than 10000 bytes"):
        told(body, content_type)


@pytest.mark.parametrize(
    ("payload", "encoding"), [(b"x", "DEFLATE"), (DEFLATED[:-9], "DEFLATE"), (b"A", "BASE64")]
)
def test_a_document_that_is_not_encoded_as_it_says(payload: bytes, encoding: str) -> None:
    body, content_type = multipart(payload, {"encoding": encoding})
    with pytest.raises(NotUnderstood, match="not encoded as it says"):
        told(body, content_type)


def test_parts_without_a_document_are_told() -> None:
    with pytest.raises(NotUnderstood, match="without a MessagePayload"):
        told(b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b")
    with pytest.raises(NotUnderstood, match="without a MessagePayload"):
        told(b"whatever", "multipart/form-data")


def test_a_name_that_is_none_is_not_kept() -> None:
    assert told({"documentName": "Jane Roe", "ORNO": "1"})[0] == "(no name)"


def test_no_more_records_are_named_than_a_look_can_bear() -> None:
    assert MOST_HINTS == json_message.MOST_RECORDS == 500
    many = {"elements": [{"name": "ORNO", "value": str(n)} for n in range(MOST_HINTS + 1)]}
    with pytest.raises(NotUnderstood, match="names more than 500"):
        told(many)
