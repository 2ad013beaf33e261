"""Phone numbers in E.164, e-mail addresses with their domain in lower case."""

import pytest

from streak_infor_orchestration.mapping.reach import email, phone


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("+49 30 1234567", "", "+49301234567"),
        ("030 / 123 45 67", "DE", "+49301234567"),
        ("(212) 555-0100", "US", "+12125550100"),
        ("0044 20 7946 0000", "DE", "+442079460000"),
        ("030 1234567", "", None),
        ("ask Bo", "DE", None),
        ("12", "DE", None),
        ("+1 212 555 0100 ext. 5", "US", None),
    ],
)
def test_a_phone_number(text: str, country: str, expected: str | None) -> None:
    assert phone(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo.Li@Acme.Example", "Bo.Li@acme.example"),
        ("bo+x@sub.acme.example", "bo+x@sub.acme.example"),
        ("bo@intranet", "bo@intranet"),
        ("bo@", None),
        ("bo at acme", None),
        ("bo@acme.example, li@acme.example", None),
        ("", None),
    ],
)
def test_an_email_address(text: str, expected: str | None) -> None:
    assert email(text) == expected


def test_nobody_is_asked_whether_an_address_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """That would take seconds, and a company's own network may answer for nobody."""

    def asked(*_asked: object, **_how: object) -> None:
        raise AssertionError("a name server was asked")

    monkeypatch.setattr("email_validator.deliverability.validate_email_deliverability", asked)
    assert email("bo@acme.example") == "bo@acme.example"
