"""What to look at about a customer, each with its reason."""

_LATE_DAYS, _OFTEN = 14, 3
_SILENT_DAYS = 90

RISKS = f"""
    list_filter([
        if(credit_hold, 'credit hold: the ERP refuses orders', NULL),
        if(status = 'Closed' AND open_deals > 0, 'closed in the ERP, with ' || open_deals || ' open deals', NULL),
        if(owed_in_currency > credit_limit AND credit_limit > 0,
            'owes ' || said(owed_in_currency, currency) || ', the credit limit is ' || said(credit_limit, currency),
            NULL),
        if(overdue_older > 0,
            said(overdue_older, getvariable('company')) || ' overdue for more than 90 days', NULL),
        if(overdue_older = 0 AND overdue_90 > 0,
            said(overdue_90, getvariable('company')) || ' overdue for more than 60 days', NULL),
        if(days_late > {_LATE_DAYS} AND times >= {_OFTEN},
            'pays ' || round(days_late)::BIGINT || ' days late on average of ' || times || ' invoices', NULL),
        if(overpaid > 0, 'has paid ' || said(overpaid, getvariable('company')) || ' too much', NULL),
        if(open_deals > 0 AND coalesce(last_contact, '-infinity') < getvariable('now') - INTERVAL {_SILENT_DAYS} DAY,
            'no contact noted for {_SILENT_DAYS} days, with ' || open_deals || ' open deals', NULL),
        if(next_task < getvariable('now'), 'a task is overdue since ' || next_task::DATE, NULL),
        if(unexplained > 0, 'amounts of orders without a cause: analytics/order_to_cash', NULL)
    ], lambda risk: risk IS NOT NULL)
"""
