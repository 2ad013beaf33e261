"""Records against M3's field contract, before they are sent (Infor API contract, Appendix 1)."""

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.infor.m3.contract import called, checked, fits, inputs, knows
from streak_infor_orchestration.twins.m3.contract import CONTRACT

LINE = {"ORNO": "0000000001", "ITNO": "BRK-1001", "ORQT": "2"}


def test_a_record_that_m3_takes_is_sent_without_what_is_empty() -> None:
    assert checked("OIS100MI", "AddBatchLine", {**LINE, "WHLO": ""}) == LINE


@pytest.mark.parametrize(
    ("record", "code", "message"),
    [
        ({"ITNO": "X" * 16}, "too_long", "at most 15 characters as ITNO (item number), and this has 16"),
        ({"ITNO": ""}, "missing", "M3 needs ITNO (item number) for OIS100MI/AddBatchLine"),
        ({"ITNO": "brk-1001"}, "wrong_type", 'M3 writes ITNO (item number) in capitals: "BRK-1001"'),
        ({"SACD": "one"}, "not_a_number", "SACD (sales price quantity) is a number in M3"),
        ({"CUNO": "C1"}, "wrong_type", "M3 takes no CUNO (customer number) here"),
    ],
)
def test_one_that_m3_would_refuse_is_told_by_its_field_in_words_and_what_fills_it(
    record: dict[str, str], code: str, message: str
) -> None:
    (field,) = record
    with pytest.raises(Rejected) as caught:
        checked("OIS100MI", "AddBatchLine", {**LINE, **record}, {field: "lines.sku"})
    assert (caught.value.code, caught.value.field) == (code, "lines.sku")
    assert message in caught.value.message and "filled by lines.sku" in caught.value.message


def test_small_letters_pass_where_a_tenant_keeps_them() -> None:
    record = {**LINE, "ITNO": "brk-1001"}
    assert checked("OIS100MI", "AddBatchLine", record, upper_case_keys=False) == record


def test_a_key_that_no_record_can_have_is_known_beforehand() -> None:
    assert fits("OIS350MI", "LstInvLine", {"YEA4": "2026", "IVNO": "1"})
    assert not fits("OIS350MI", "LstInvLine", {"YEA4": "2026", "IVNO": "one"})
    assert not fits("OIS350MI", "LstInvLine", {"YEA4": "2026", "IVNO": "1234567890"})
    assert not fits("OIS350MI", "LstInvLine", {"YEA4": "", "IVNO": "1"})


def test_a_field_that_nobody_has_a_word_for_is_called_by_its_code() -> None:
    assert called("XXXX") == "XXXX"


def test_it_says_of_each_field_what_the_simulator_knows_independently() -> None:
    for program, transactions in CONTRACT.items():
        for name, transaction in transactions.items():
            if knows(program, name):
                theirs = {
                    rule.name: (rule.length, rule.numeric, rule.mandatory)
                    for rule in transaction.inputs.values()
                    if rule.name != "CONO"
                }
                ours = {f.code: (f.length, f.numeric, f.mandatory) for f in inputs(program, name).values()}
                assert ours == theirs, f"{program}/{name}"
