"""Who talked to a customer and when, what is to be done, and all that happened in one line."""

STEPS = (
    """
    CREATE TABLE talks AS
    SELECT customer_key, max("at") AS last_contact FROM own_boxes
    JOIN streak.activities AS activity ON activity.box_key = own_boxes.key GROUP BY customer_key
    """,
    """
    CREATE TABLE to_do AS
    SELECT customer_key, min(due) AS next_task, min_by(text, due) AS next_task_text FROM own_boxes
    JOIN streak.tasks AS task ON task.box_key = own_boxes.key WHERE NOT done AND due IS NOT NULL GROUP BY customer_key
    """,
)

TIMELINE_QUERY = """
    SELECT customer_key, created AS "at", 'streak' AS system, 'deal' AS what, key AS record_id, name AS text,
        NULL AS amount, '' AS currency FROM own_boxes
    UNION ALL SELECT customer_key, stage_changed, 'streak', 'stage', key, name || ': ' || stage, NULL, '' FROM own_boxes
    WHERE stage_changed IS NOT NULL AND stage_changed <> created
    UNION ALL SELECT customer_key, "at", 'streak', activity.kind, activity.key, text, NULL, ''
    FROM own_boxes JOIN streak.activities AS activity ON activity.box_key = own_boxes.key
    UNION ALL SELECT customer_key, coalesce(task.due, task.created), 'streak', 'task', task.key,
        text || if(done, ' (done)', ''), NULL, ''
    FROM own_boxes JOIN streak.tasks AS task ON task.box_key = own_boxes.key
    UNION ALL SELECT customer_id, coalesce(order_date::TIMESTAMPTZ, created), 'infor', 'order', id,
        description || ' (' || status || ')', total, currency FROM infor.sales_orders
    UNION ALL SELECT customer_id, coalesce(invoice_date::TIMESTAMPTZ, created), 'infor', 'invoice', id,
        'of order ' || order_id || ' (' || status || ')', total, currency FROM infor.invoices
    UNION ALL SELECT customer_id, due_date::TIMESTAMPTZ, 'infor', 'due', id, 'is to be paid', balance, currency
    FROM infor.invoices WHERE balance > 0 AND due_date IS NOT NULL
    UNION ALL SELECT customer_id, coalesce(credit_date::TIMESTAMPTZ, created), 'infor', 'credit_note', id,
        'of invoice ' || invoice_id || if(reason = '', '', ': ' || reason), amount, currency FROM infor.credit_notes
    UNION ALL SELECT customer_id, coalesce(payment_date::TIMESTAMPTZ, created), 'infor', 'payment', id,
        'of invoice ' || invoice_id, amount, currency FROM infor.payments
"""

CONTACT_QUERY = """
    WITH on_boxes AS (
        SELECT unnest(contacts) AS contact_key, key AS box_key, customer_key, milestone FROM own_boxes
    ), talked AS (
        SELECT contact_key, max("at") AS last_contact FROM on_boxes
        JOIN streak.activities AS activity USING (box_key) GROUP BY contact_key
    ), tasks AS (
        SELECT contact_key, min(due) AS next_task FROM on_boxes
        JOIN streak.tasks AS task USING (box_key) WHERE NOT done GROUP BY contact_key
    ), belongs AS (
        SELECT contact_key, customer_key FROM on_boxes WHERE customer_key IS NOT NULL
        UNION SELECT contact.key, customer_key FROM
            (SELECT key, unnest(organizations) AS organization FROM streak.contacts) AS contact
            JOIN identities ON identities.party = 'organization:' || organization
        UNION SELECT contact.key, customer_key FROM streak.contacts AS contact
            JOIN identities ON identities.party = 'contact:' || contact.key
    )
    SELECT key AS contact_key, trim(given_name || ' ' || family_name) AS name, emails,
        (SELECT list(DISTINCT customer_key ORDER BY customer_key) FROM belongs WHERE belongs.contact_key = contact.key)
            AS customers,
        (SELECT coalesce(list(erp_key ORDER BY erp_key), []) FROM ledger.links
            WHERE kind = 'contact' AND split_part(streak_key, '@', 1) = contact.key) AS erp_ids,
        (SELECT count(*) FROM on_boxes WHERE on_boxes.contact_key = contact.key) AS deals,
        (SELECT count(*) FROM on_boxes WHERE on_boxes.contact_key = contact.key AND milestone = 'before') AS open_deals,
        last_contact, next_task
    FROM streak.contacts AS contact
    LEFT JOIN talked ON talked.contact_key = contact.key
    LEFT JOIN tasks ON tasks.contact_key = contact.key
    WHERE key IN (SELECT contact_key FROM belongs UNION SELECT contact_key FROM on_boxes)
"""
