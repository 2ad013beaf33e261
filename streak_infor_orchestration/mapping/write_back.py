"""What the deal is told: fields that show the ERP's state, and a comment for each thing that happened."""

from collections.abc import Collection
from datetime import date, datetime, time

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.transform import Otherwise
from streak_infor_orchestration.config.vocabulary import YES_OR_NO
from streak_infor_orchestration.config.write_back import BackTransform, CommentBack, FieldBack
from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.mapping.facts import (
    Fact,
    Money,
    customer_facts,
    fact_text,
    invoice_facts,
    order_facts,
)
from streak_infor_orchestration.mapping.filled import filled, named_in
from streak_infor_orchestration.mapping.happened import happened
from streak_infor_orchestration.mapping.models import Remark, Tellable, WriteBack

_YES = {"true", "yes", "1"}


class Teller:
    """Tells a deal what the ERP knows, by the rules of `write_back:`."""

    def __init__(self, config: Integration) -> None:
        self._config = config
        self._fields = [rule for rule in config.write_back if isinstance(rule, FieldBack)]
        self._comments = [rule for rule in config.write_back if isinstance(rule, CommentBack)]
        told = [rule.source for rule in self._fields]
        told += [name for rule in self._comments for name in named_in(rule.comment)]
        self.tells_of = frozenset(rule.once for rule in self._comments)
        self.reads_customer = any(name.startswith("customer.") for name in told)

    def write_back(self, told: Tellable) -> WriteBack:
        """A field appears once there is something to show: until then the box keeps what it has."""
        known = order_facts(told.order) if told.order else {}
        known |= customer_facts(told.customer) if told.customer else {}
        facts = known | invoice_facts(told.invoices)
        things = list(happened(told, known))
        return WriteBack(
            fields={
                rule.field: self._shown(
                    rule, facts[rule.source], told.kinds.get(rule.field, ""), told.tags.get(rule.field, ())
                )
                for rule in self._fields
                if rule.source in facts
            },
            comments=tuple(
                Remark(fact=f"{once}:{thing}", text=filled(rule.comment, facts_of_it))
                for once, thing, facts_of_it in things
                for rule in self._comments
                if once == rule.once
            ),
        )

    def _shown(self, rule: FieldBack, fact: Fact, kind: str, tags: Collection[str]) -> Value:
        """As the field takes it. What does not fit it stays text: writing it tells what is wrong."""
        text = self._text(rule.transform, fact)
        match kind:
            case "DATE" if isinstance(fact, date):
                return datetime.combine(fact, time(), tzinfo=self._config.company.zone)
            case "DATE":
                return self._midnight(text)
            case "CHECKBOX" if text.casefold() in YES_OR_NO:
                return text.casefold() in _YES
            case "TAG":
                return _tags(text, tags)
        return text

    def _text(self, transform: BackTransform | None, fact: Fact) -> str:
        text = fact_text(fact)
        if transform is None:
            return text
        if transform.date is not None:
            return fact.strftime(transform.date) if isinstance(fact, date) else text
        if transform.number is not None:
            return self._number(fact, transform.number) if isinstance(fact, Money) else text
        table = self._config.tables[transform.lookup] if transform.lookup else None
        found = table.find(text) if table else (transform.map or {}).get(text)
        otherwise = transform.otherwise
        return found if found is not None else otherwise.value if isinstance(otherwise, Otherwise) else text

    def _number(self, money: Money, form: str) -> str:
        locale = self._config.company.locale
        if form == "plain" or locale is None:
            return money.number
        from babel.numbers import format_decimal

        decimals = len(money.number.partition(".")[2])
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(money.amount, format=pattern, locale=locale))

    def _midnight(self, text: str) -> Value:
        try:
            return datetime.combine(date.fromisoformat(text), time(), tzinfo=self._config.company.zone)
        except ValueError:
            return text


def _tags(text: str, known: Collection[str]) -> tuple[str, ...]:
    """A tag's name may hold a comma, and a fact may be several (the numbers of all invoices): it is cut only where the
    whole is no tag and each of its parts is one."""
    parts = tuple(text.split(", "))
    return parts if text not in known and all(part in known for part in parts) else (text,)
