"""The calls of the Mongoose IDO REST service (Infor API contract C.1, C.2, C.3).

Each answers 200 also where it fails: `Success` tells. A write changes one record: of several only the first may be
taken (contract C.3).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from streak_infor_orchestration.domain.errors import Rejected, Stale, Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.syteline.refusals import refusal
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.widths import Widths
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient, segment

SERVICE = "/IDORequestService/ido"
ITEM_ID = "_ItemId"
"""The tag of a record as it was loaded: a change of an older one is refused."""

_INSERT, _UPDATE, _DELETE = 1, 2, 4
_BY_ROW = 0  # UpdateLocking
_PAGES = 10_000
T = TypeVar("T")
Row = Mapping[str, Any]
Values = Mapping[str, str | None]
"""Properties in the internal format; None empties one."""


class IdoPage(NamedTuple):
    rows: tuple[Row, ...]
    bookmark: str
    more: bool


class Ido:
    """Of one configuration. IDOs are called by the name of the standard one; `idos` of the section takes their place.
    `widths` learns from every record that passes."""

    def __init__(self, http: HttpClient, section: SytelineSection) -> None:
        self.http = http
        self._section = section
        self.widths = Widths(section.key_widths)

    def page(
        self,
        ido: str,
        properties: Sequence[str],
        where: str = "",
        *,
        order_by: str = "",
        cap: int | None = None,
        bookmark: str = "",
        tagged: bool = False,
    ) -> IdoPage:
        """`tagged`: with the `_ItemId` that a change needs."""
        asked = {
            "properties": ",".join(dict.fromkeys(properties)),
            "filter": where,
            "orderBy": order_by,
            "recordCap": str(cap or self._section.page_size),
            "loadType": "NEXT" if bookmark else "",
            "bookmark": bookmark,
            "readOnly": "" if tagged else "true",
        }
        params = {name: value for name, value in asked.items() if value}
        return self.http.read(
            "GET", self._path("load", ido), params=params, decode=self._decoding("load", ido, self._page_of)
        )

    def pages(
        self,
        ido: str,
        properties: Sequence[str],
        where: str = "",
        *,
        order_by: str = "",
        tagged: bool = False,
    ) -> Iterator[tuple[Row, ...]]:
        """One at a time in memory. Raises `Transient` when there is no end."""
        bookmark = ""
        for _ in range(_PAGES):
            page = self.page(ido, properties, where, order_by=order_by, bookmark=bookmark, tagged=tagged)
            yield page.rows
            if not page.more:
                return
            if not page.bookmark or page.bookmark == bookmark:
                break  # SyteLine would answer the same page again
            bookmark = page.bookmark
        raise Transient(
            f"{self.http.system}: {ido} has no end", code=SystemCode.ENDLESS_LIST, system=self.http.system
        )

    def all(
        self, ido: str, properties: Sequence[str], where: str, *, order_by: str = "", tagged: bool = False
    ) -> tuple[Row, ...]:
        """All rows at once, for questions whose answer must not lack any."""
        pages = self.pages(ido, properties, where, order_by=order_by, tagged=tagged)
        return tuple(row for page in pages for row in page)

    def one(self, ido: str, properties: Sequence[str], where: str) -> Row | None:
        """The first row that meets it, with the tag that a change of the row needs."""
        return next(iter(self.page(ido, properties, where, cap=1, tagged=True).rows), None)

    def insert(self, ido: str, values: Values) -> Row:
        """What SyteLine made of it, as far as it says. Raises as the port says."""
        return self._change(ido, _INSERT, "", values)

    def update(self, ido: str, row: Row, where: str, values: Values) -> Row:
        """Of the record `row`, which `where` loads. Raises `Stale` if it changed since it was loaded: whatever the
        refusal says, the record itself tells."""
        with_tag = self._tag(row)
        try:
            return self._change(ido, _UPDATE, with_tag, values)
        except Rejected as refused:
            current = self.one(ido, ("RecordDate",), where)
            if current is None or self._tag(current) != with_tag:
                raise Stale(refused.message, system=self.http.system) from None
            raise

    def delete(self, ido: str, row: Row) -> None:
        self._change(ido, _DELETE, self._tag(row), {})

    def invoke(self, ido: str, method: str, parameters: Sequence[str]) -> None:
        """Raises `Rejected` with the last parameter's text where the method answers anything but 0 (contract C.2)."""
        path = f"{self._path('invoke', ido)}?method={segment(method)}"

        def done(body: Any) -> None:
            value, answered = body["ReturnValue"], body["Parameters"]
            if not isinstance(value, str) or not isinstance(answered, list):
                raise TypeError("an answer of a method")
            if value != "0":
                said = str(answered[-1] or "") if answered else ""
                raise Rejected(
                    f"{self.http.system}: {said or f'{method} answered {value}'} ({ido}.{method})"[:400],
                    system=self.http.system,
                )

        self.http.write(
            "POST", path, json=list(parameters), decode=self._decoding("invoke", ido, done, writes=True)
        )

    def key(self, name: str, value: str) -> str:
        """`value` padded as SyteLine keeps the property, and as filters have to have it."""
        width = self.widths.of(name)
        if width is None:
            owner = self.widths.owner(name)
            self.page(owner, (name,), cap=1)  # reading a page tells `self.widths` of every property in it
            width = self.widths.of(name)
        return value.strip().rjust(width or 0)

    def _change(self, ido: str, action: int, item_id: str, values: Values) -> Row:
        change = {
            "Action": action,
            "ItemId": item_id,
            "ItemNo": 0,
            "UpdateLocking": _BY_ROW,
            "Properties": [
                {
                    "Name": name,
                    "Value": value,
                    "OriginalValue": None,
                    "Modified": True,
                    "IsNull": value is None,
                }
                for name, value in values.items()
            ],
        }
        body = {
            "IDOName": self._name(ido),
            "RefreshAfterSave": True,
            "CustomInsert": None,
            "CustomUpdate": None,
            "CustomDelete": None,
            "Changes": [change],
        }

        def refreshed(answered: Any) -> Row:
            items = answered.get("RefreshItems") or [{}]
            if not isinstance(items, list) or not isinstance(items[0], dict):
                raise TypeError("RefreshItems")
            row: Row = items[0]
            return row

        return self.http.write(
            "POST",
            self._path("update", ido) + "?refresh=true",
            json=body,
            decode=self._decoding("update", ido, refreshed, writes=True),
        )

    def _decoding(
        self, what: str, ido: str, read: Callable[[Any], T], *, writes: bool = False
    ) -> Callable[[Answer], T]:
        def decode(answer: Answer) -> T:
            body = answer.body
            if body["Success"] is True:
                return read(body)
            if body["Success"] is not False:
                raise TypeError("Success")
            raise refusal(
                str(body.get("Message") or "").strip(),
                self._section.messages,
                system=self.http.system,
                what=f"{what} {self._name(ido)}",
                writes=writes,
            )

        return decode

    def _page_of(self, body: Any) -> IdoPage:
        more, bookmark = body.get("MoreRowsExist", False), body.get("Bookmark") or ""
        # A probe concludes "not there" from an empty list: nothing else may pass for one
        if not isinstance(more, bool) or not isinstance(bookmark, str) or not isinstance(body["Items"], list):
            raise TypeError("a page")
        for item in body["Items"]:
            if not isinstance(item, dict):
                raise TypeError("a record")
            self.widths.learn(item)
        return IdoPage(tuple(body["Items"]), bookmark, more)

    def _tag(self, row: Row) -> str:
        tag = row.get(ITEM_ID)
        if not isinstance(tag, str) or not tag:
            raise Transient(
                f"{self.http.system}: a record was loaded without its _ItemId",
                code=SystemCode.UNREADABLE_ANSWER,
                system=self.http.system,
            )
        return tag

    def _name(self, ido: str) -> str:
        return self._section.idos.get(ido, ido)

    def _path(self, call: str, ido: str) -> str:
        return f"{SERVICE}/{call}/{segment(self._name(ido))}"
