"""The ERP's exchange rates to the company's currency, by day."""

from streak_infor_orchestration.analytics.exact import RATE

DAY_RATES = (
    # a rate that is kept the other way round counts where the ERP has none this way
    f"""
    CREATE TABLE rates AS
    SELECT base AS currency, day, max(rate)::{RATE} AS rate, false AS turned FROM infor.exchange_rates
    WHERE quote = getvariable('company') AND rate > 0.0000001 AND rate < 10000000 GROUP BY ALL
    UNION ALL
    SELECT quote, day, inverse(max(rate)), true FROM infor.exchange_rates
    WHERE base = getvariable('company') AND rate > 0.0000001 AND rate < 10000000 GROUP BY ALL
    """,
    f"""
    CREATE TABLE day_rates AS
    SELECT wanted.currency, wanted.day, CASE WHEN wanted.currency = getvariable('company') THEN 1::{RATE}
        ELSE coalesce(direct.rate, turned.rate) END AS rate
    FROM days AS wanted
    ASOF LEFT JOIN (FROM rates WHERE NOT turned) AS direct
        ON direct.currency = wanted.currency AND direct.day <= wanted.day
    ASOF LEFT JOIN (FROM rates WHERE turned) AS turned
        ON turned.currency = wanted.currency AND turned.day <= wanted.day
    """,
)
"""Of each currency and day in the table `days` the last rate until then, in `day_rates`; empty where there is none."""
