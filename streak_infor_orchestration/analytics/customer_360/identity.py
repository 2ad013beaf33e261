"""Who is who: a customer has one key over both systems, and each deal, order and contact has its customer."""

STEPS = (
    """
    CREATE TABLE identities AS
    SELECT coalesce(customer.id, link.erp_key) AS customer_id, link.streak_key AS party,
        coalesce(customer.id, link.erp_key, link.streak_key) AS customer_key
    FROM infor.customers AS customer
    FULL JOIN (FROM ledger.links WHERE kind = 'customer') AS link ON link.erp_key = customer.id
    UNION ALL
    SELECT DISTINCT NULL, party, party FROM streak.deals AS deal
    WHERE party <> '' AND NOT EXISTS (FROM ledger.links WHERE kind = 'customer' AND streak_key = party)
        AND NOT EXISTS (FROM ledger.links WHERE kind = 'order' AND streak_key = deal.key)
    """,
    # an order tells better than the box who its customer is: a person may have linked it
    """
    CREATE TABLE deals AS
    SELECT deal.key AS box_key, deal.milestone, deal.currency, deal.value, deal.creator_key, deal.created,
        coalesce(sale.customer_id, identities.customer_key) AS customer_key
    FROM streak.deals AS deal
    LEFT JOIN (FROM ledger.links WHERE kind = 'order') AS link ON link.streak_key = deal.key
    LEFT JOIN infor.sales_orders AS sale ON sale.id = link.erp_key
    LEFT JOIN identities ON identities.party = deal.party
    """,
    """
    CREATE TABLE own_boxes AS
    SELECT box.*, deals.customer_key, deals.milestone FROM streak.boxes AS box JOIN deals ON deals.box_key = box.key
    """,
    """
    CREATE TABLE streak_names AS
    SELECT 'organization:' || key AS party, name FROM streak.organizations
    UNION ALL SELECT 'contact:' || key, trim(given_name || ' ' || family_name) FROM streak.contacts
    """,
)
