"""How the control surface is told of money and credit that settle an invoice."""

from streak_infor_orchestration.twins.erp.members import Field, Fields
from streak_infor_orchestration.twins.erp.values import calendar_date, decimal, positive

PAYMENT: Fields = {
    "InvoiceID": Field(required=True),
    "Amount": Field(decimal, required=True),
    "PaymentDate": Field(calendar_date),
    "Method": Field(),
    "Reference": Field(),
}
CREDIT_NOTE: Fields = {
    "InvoiceID": Field(required=True),
    "Amount": Field(positive, required=True),
    "CreditDate": Field(calendar_date),
    "Reason": Field(),
}
