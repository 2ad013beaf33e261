"""The ways ION wraps a document for its way (Infor API contract E.1, E.2): taken off, a document is left."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from streak_infor_orchestration.infor.push.message import NotUnderstood
from streak_infor_orchestration.infor.push.xml_message import xml_message

MOST_BYTES = 8 * 1024 * 1024
"""The most bytes that a compressed document may unpack to."""

_BEGINNING = 1000
_PARAMETERS, _PAYLOAD = "parameterrequest", "messagepayload"


@dataclass(frozen=True)
class PushDelivery:
    """A body as it came. `parameters` are those of its headers and address, by names in small letters."""

    content_type: str
    content: bytes
    parameters: Mapping[str, str]

    @property
    def document_name(self) -> str:
        """Of `Sync.SalesOrder` the noun: the verb says nothing that we would act on."""
        return self.parameters.get("documentname", "").rpartition(".")[2]


def unpacked(delivery: PushDelivery) -> PushDelivery:
    """With the document itself as content. Raises NotUnderstood."""
    if delivery.content_type.lower().startswith("multipart/"):
        delivery = _parts(delivery)
    elif delivery.content.lstrip()[:1] == b"{":
        delivery = _message(delivery)
    elif b"<messageRequest" in delivery.content[:_BEGINNING]:
        delivery = _message_request(delivery)
    encoding = delivery.parameters.get("encoding", "")
    return replace(delivery, content=_decoded(delivery.content, encoding))


def _parts(delivery: PushDelivery) -> PushDelivery:
    """`multipartMessage`: parameters as JSON, and the document. Order and other parts do not matter."""
    head = f"Content-Type: {delivery.content_type}\r\n\r\n".encode("latin-1", "replace")
    whole = BytesParser(policy=HTTP).parsebytes(head + delivery.content)
    found: dict[str, bytes] = {}
    for part in whole.iter_parts() if whole.is_multipart() else ():
        name = str(part.get_param("name", "", header="content-disposition") or "").lower()
        payload = part.get_payload(decode=True)
        found[name] = payload if isinstance(payload, bytes) else b""
    if _PAYLOAD not in found:
        raise NotUnderstood("parts without a MessagePayload")
    parameters = _json(found.get(_PARAMETERS, b"{}"))
    return PushDelivery("", found[_PAYLOAD], {**delivery.parameters, **_texts(parameters)})


def _message(delivery: PushDelivery) -> PushDelivery:
    """`message`: all in one JSON object. Another object is a document by itself."""
    body = _json(delivery.content)
    document = body.get("document")
    if not isinstance(document, dict) or not isinstance(document.get("value"), str):
        return delivery
    parameters = {**delivery.parameters, **_texts(body), **_texts(document)}
    return PushDelivery("", document["value"].encode("utf-8", "replace"), parameters)


def _message_request(delivery: PushDelivery) -> PushDelivery:
    """The same as XML."""
    (record,) = xml_message(delivery.content).records or ({},)
    texts = {path.rpartition("/")[2]: values[0] for path, values in record.items()}
    document = next(iter((*record.get("document/value", ()), *record.get("document", ()))), "")
    return PushDelivery("", document.encode(), {**delivery.parameters, **texts})


def _decoded(content: bytes, encoding: str) -> bytes:
    """`NONE`, `BASE64`, deflated, or both (M3's are always deflated: contract E.1)."""
    asked = encoding.upper()
    try:
        if "BASE64" in asked:
            content = base64.b64decode(content)
        return _inflated(content) if "DEFLATE" in asked else content
    except (binascii.Error, zlib.error):
        raise NotUnderstood("a document that is not encoded as it says") from None


def _inflated(content: bytes) -> bytes:
    """With the two bytes of a zlib header before it, or without them: both are called deflate."""
    try:
        return _bounded(content, zlib.MAX_WBITS)
    except zlib.error:
        return _bounded(content, -zlib.MAX_WBITS)


def _bounded(content: bytes, bits: int) -> bytes:
    inflater = zlib.decompressobj(bits)
    inflated = inflater.decompress(content, MOST_BYTES)
    if inflater.unconsumed_tail:
        raise NotUnderstood(f"a document of more than {MOST_BYTES} bytes")
    if not inflater.eof:
        raise zlib.error("cut off")
    return inflated


def _json(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise NotUnderstood("no JSON, though it begins like it") from None
    return body if isinstance(body, dict) else {}


def _texts(body: Mapping[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in body.items() if isinstance(value, str)}
