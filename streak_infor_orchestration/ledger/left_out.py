"""Records of either system that cannot be read and are left out of every list: a letter each, until they can be."""

from collections import Counter
from datetime import datetime

from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.ledger.dead_letters import DeadLetter, DeadLetters

KIND = "record"
"""The kind of the letter of a record that is left out; the letter's key is `system entity key`."""

_FIX = (
    "Have this record corrected in its system, or what reads it mended by your administrator. It is looked at again by "
    "itself; until then it is missing in whatever is made of the list."
)


class LeftOuts:
    def __init__(self, letters: DeadLetters) -> None:
        self._letters = letters

    def tell(self, record: LeftOut) -> None:
        """Opens the record's letter, one however often the record is met."""
        known = self._letters.of(KIND, _name(record))
        if known is None or _record(known) != record:
            self.looked_at(record)

    def looked_at(self, record: LeftOut) -> None:
        """Notes that the record was tried again and still cannot be read."""
        problem = {
            "code": SystemCode.UNREADABLE_RECORD,
            "message": record.told,
            "field": record.entity,
            "value": record.key,
            "fix": _FIX,
        }
        self._letters.open(
            KIND,
            _name(record),
            error_class="Unreadable",
            code=SystemCode.UNREADABLE_RECORD,
            message=record.told,
            diagnosis={"problems": [problem], "left_out": record.model_dump()},
            attempts=0,
        )

    def close(self, record: LeftOut, how: str) -> None:
        self._letters.resolve(KIND, _name(record), by="streak-infor", how=how)

    def open(self) -> list[LeftOut]:
        """The records left out, those tried longest ago first."""
        return [_record(letter) for letter in self._letters.of_kind(KIND)]

    def closed_since(self, moment: datetime) -> list[LeftOut]:
        return [_record(letter) for letter in self._letters.closed_since(KIND, moment)]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many are left out, by system and entity."""
        return dict(Counter((record.system, record.entity) for record in self.open()))


def _name(record: LeftOut) -> str:
    return f"{record.system} {record.entity} {record.key}"


def _record(letter: DeadLetter) -> LeftOut:
    return LeftOut.model_validate(letter.diagnosis["left_out"])
