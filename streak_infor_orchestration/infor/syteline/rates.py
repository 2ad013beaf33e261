"""Exchange rates (Infor API contract C.5: SLCurrates, whose properties no source tells: `erp.rates` names them)."""

from collections.abc import Mapping
from datetime import date, timedelta

from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.infor.syteline.filters import both
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.internal import day
from streak_infor_orchestration.infor.syteline.listed import ListedCollection
from streak_infor_orchestration.infor.syteline.wire import RateRow

_LATELY = timedelta(days=40)


class Rates(ListedCollection[ExchangeRate, RateRow]):
    entity = "exchange_rates"
    wire = RateRow

    @property
    def filters(self) -> Mapping[str, str]:
        said = self.section.rates
        return {"base": said.base, "quote": said.quote, "day": said.day}

    @property
    def properties(self) -> tuple[str, ...]:
        said = self.section.rates
        return (said.base, said.quote, said.day, said.rate, "RecordDate", "CreateDate")

    @property
    def key_properties(self) -> tuple[str, ...]:
        said = self.section.rates
        return (said.base, said.quote, said.day)

    def latest(self, base: str, quote: str, on: date) -> ExchangeRate | None:
        """On or before that day. Those of late first: there may be one for every day of many years."""
        said = self.section.rates
        pair = (self._equal(said.base, base), self._equal(said.quote, quote), f"{said.day} <= '{day(on)}'")
        lately = f"{said.day} >= '{day(on - _LATELY)}'" if on - date.min > _LATELY else ""
        for conditions in ((*pair, lately), pair):
            found = [rate for page in self.equal([both(*conditions)]) for rate in page]
            if found:
                return max(found, key=lambda rate: rate.day)
        return None

    def find(self, key: str) -> ExchangeRate | None:
        try:
            date.fromisoformat(key.rpartition(":")[2])
        except ValueError:
            return None
        return super().find(key)

    def key_of(self, row: Row) -> str:
        rate = self._row(row)
        return f"{rate.base}:{rate.quote}:{rate.day.isoformat()}"

    def make(self, row: Row, beside: None) -> ExchangeRate:
        rate = self._row(row)
        return ExchangeRate(
            id=self.key_of(row),
            **self.times(rate),
            base=rate.base,
            quote=rate.quote,
            day=rate.day,
            rate=rate.rate,
        )

    def _row(self, row: Row) -> RateRow:
        said = self.section.rates
        names = {"Base": said.base, "Quote": said.quote, "Day": said.day, "Rate": said.rate}
        return RateRow.model_validate({**row, **{name: row.get(prop) for name, prop in names.items()}})

    def _equal(self, name: str, value: str) -> str:
        if name != self.section.rates.day:
            return super()._equal(name, value)
        return f"{name} = '{day(date.fromisoformat(value))}'"
