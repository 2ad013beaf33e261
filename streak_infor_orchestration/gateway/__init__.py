"""The web service that hears Streak and the ERP: what they tell into the inbox, a nudge to Dagster, health, metrics, a
deal's story.

    POST /webhooks/streak/{EVENT}/{secret}   what Streak calls (Streak API contract §3.16); 200 only after the commit
    POST /webhooks/infor/…                   what the ERP's systems call, where they are set up to (`infor_push`)
    GET  /healthz                            the process answers
    GET  /readyz                             the ledger can be written
    GET  /metrics                            Prometheus
    GET  /deals/{box_key}                    what happened to one deal

All but the webhooks and /healthz are for operators: whoever brings the status token; where none is set, this machine.
Put a proxy in front of `/webhooks/` only.
"""
