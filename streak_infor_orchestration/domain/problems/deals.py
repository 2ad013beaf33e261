"""A deal and its order: where the deal stands, and what became of the order and its invoices."""

from streak_infor_orchestration.domain.problems.code import IT_WAITS, Code, Cure

_T, _P = Cure.TIME, Cure.PERSON
_DECIDES = "nothing, unless whoever owns the deal asks you to"
_TWO = "compare the records in the ERP: each may be the one that counts"
_COMMAND = "look at the deal first: streak-infor sync, with its key and --dry-run"


class DealCode(Code):
    UNCLASSED_STAGE = (
        "unclassed_stage",
        _P,
        "The deal is at a stage that means nothing to the integration.",
        "add the stage to the section `stages`",
        "Move the deal to another stage, or ask your administrator to add this one.",
    )
    NO_STAGE = (
        "no_stage",
        _T,
        IT_WAITS,
        "nothing: the pipeline is asked for its stages again within half a minute",
    )
    NEW_NAME = (
        "new_name",
        _T,
        IT_WAITS,
        "nothing: the pipeline is asked for its fields again within half a minute",
    )
    NO_PARTY = (
        "no_party",
        _P,
        "The deal does not say who buys.",
        "customer.source says whether organizations or contacts are customers",
        "Add the customer's organization or contact to the deal.",
    )
    AMBIGUOUS_PARTY = (
        "ambiguous_party",
        _P,
        "The deal has several people or companies, and none is marked as the customer.",
        "customer.source says whether organizations or contacts are customers",
        "Star the one that buys.",
    )
    COPIED = (
        "copied",
        _P,
        "The deal shows the order of another deal: it looks like a copy of it.",
        _DECIDES,
        "If it is a new sale, empty the field named here (in the notes: the mark in brackets); if not, delete the box.",
    )
    BOX_DELETED = (
        "box_deleted",
        _P,
        "The deal was deleted, but its order stands.",
        "policies.backwards says whether such an order is cancelled",
        "Have the order cancelled in the ERP, or the box restored in Streak.",
    )
    BOX_MOVED = (
        "box_moved",
        _P,
        "The deal was moved to another pipeline, but its order stands.",
        "policies.backwards says whether such an order is cancelled",
        "Have the order cancelled in the ERP, or move the box back.",
    )
    WENT_BACK = (
        "went_back",
        _P,
        "The deal went back to a stage that asks for no order, but its order stands.",
        "policies.backwards says whether such an order is cancelled",
        "Move the deal forward again, or have the order cancelled in the ERP.",
    )
    REACCEPTED = (
        "reaccepted",
        _P,
        "The deal asks for an order again, but its order was cancelled.",
        "ask sales, then run the command with the deal's key; with --no the deal stays as it is",
        "If a new order is wanted, ask your administrator for it (streak-infor reorder, with the deal's key); if "
        "not, move the deal back or to lost.",
        "streak-infor reorder",
    )
    EDITED_AFTER_ORDER = (
        "edited_after_order",
        _P,
        "The deal was changed after its order was made.",
        "policies.edited says whether edits go over to the ERP",
        "Put the deal back as it was ordered, or have the order changed in the ERP.",
    )
    EDITED_ON_BOTH_SIDES = (
        "edited_on_both_sides",
        _P,
        "Both the deal and its order were changed since the order was made.",
        _DECIDES,
        "Make the deal say what the order says, or have the order changed in the ERP.",
    )
    ORDER_GONE = (
        "order_gone",
        _P,
        "The order of the deal no longer exists in the ERP.",
        "find out in the ERP who deleted the order, and whether it was booked elsewhere",
        "Have the order restored in the ERP, or tell your administrator that there shall be none.",
    )
    MAY_BE_ORDERED = (
        "may_be_ordered",
        _P,
        "Orders of the ERP from before the integration may be this deal's.",
        "streak-infor link order says which of them it is, or that it is none",
        "Have your administrator say which of these orders is the deal's, or that it has none.",
        "streak-infor link order",
    )
    NO_SUCH_ORDER = (
        "no_such_order",
        _P,
        "A number was named that no order of the ERP has.",
        "copy the number from the ERP, with its zeros",
    )
    HAS_ORDER = (
        "has_order",
        _P,
        "The deal has its order in the ERP.",
        "streak-infor link order --instead links it to another one",
    )
    NOT_CONFIRMED = (
        "not_confirmed",
        _P,
        "The orders that were to be made are not those that a person has seen.",
        "streak-infor backfill --dry-run shows them as they are now",
    )
    ORDER_CANCELLED = (
        "order_cancelled",
        _P,
        "The deal is won, but its order is cancelled: nothing is invoiced.",
        _DECIDES,
        "Have the order reopened in the ERP and retry the deal, or move the deal to where it belongs.",
    )
    INVOICE_DIFFERS = (
        "invoice_differs",
        _P,
        "The invoice comes to something else than the order.",
        "have finance correct the invoice in the ERP; the deal is looked at again when it changes there",
        "Ask finance which one is right.",
    )
    INVOICE_AWAITED = (
        "invoice_awaited",
        _P,
        "The deal is won, and the ERP has not invoiced its order for days.",
        "policies.invoice_days says after how many; see in the ERP what keeps the order from being invoiced",
        "Have the order delivered and invoiced in the ERP; the deal goes on by itself.",
    )
    DIFFERS = (
        "differs",
        _P,
        "The ERP holds a record for this deal that is not what was asked for.",
        _TWO,
        "Compare the record named here with the deal, and decide which one is right.",
    )
    TWICE = (
        "twice",
        _P,
        "Several records were made in the ERP where one was wanted.",
        _TWO,
        "Keep the one the deal shows as its own, have the others cancelled in the ERP, and retry the deal.",
        "streak-infor dead-letters retry",
    )
    KEPT_UNFINISHED = (
        "kept_unfinished",
        _P,
        "The ERP keeps the order that was begun until somebody acts there.",
        "nothing: the deal is looked at again every 15 minutes",
        "Have the order released or corrected in the ERP; the deal goes on by itself.",
    )
    BEGUN_ORDER_GONE = (
        "begun_order_gone",
        _P,
        "The order that was begun in the ERP is no longer there, and no order was made of it.",
        "find out in the ERP who deleted it, and whether it was booked otherwise; retrying has the order made anew",
        "If the order is wanted and was not booked otherwise, have the deal retried: it is not made anew by itself.",
        "streak-infor dead-letters retry",
    )
    NO_FREIGHT = (
        "no_freight",
        _P,
        "The deal has freight, which this ERP books as nothing.",
        "the section erp says what freight is booked as",
        "Take the freight off the deal, or put it into a product's line.",
    )
    HALF_MADE_TWICE = (
        "half_made_twice",
        _P,
        "The ERP has an unfinished order under the deal's reference that is not of the deal as it is.",
        "look at the unfinished order in the ERP: somebody may release it, and then there are two",
        "Have the unfinished order deleted in the ERP, then retry the deal.",
        "streak-infor dead-letters retry",
    )
    LEFT_HALF_MADE = (
        "left_half_made",
        _P,
        "The deal was taken back while its order was being made, and the ERP still has what was begun.",
        "delete the unfinished order in the ERP; the deal is looked at again every 15 minutes",
        "Have the unfinished order deleted in the ERP, or move the deal forward again: it is finished then.",
    )
    NO_REFERENCE = (
        "no_reference",
        _P,
        "Every number under which the ERP could know this deal is another deal's.",
        "look in the ERP for orders under this deal's reference that somebody copied",
        "Tell your administrator: orders in the ERP bear numbers that belong to this deal.",
    )
    INVOICE_TAKEN = (
        "invoice_taken",
        _P,
        "An invoice is noted for another order already.",
        "compare both orders in the ERP: an invoice belongs to one",
        "Tell your administrator which order the invoice belongs to.",
    )
    NOT_WAITING = (
        "not_waiting",
        _P,
        "Nothing waits for this order to be cancelled.",
        "streak-infor cancellations shows the orders that wait",
        "Name an order that waits.",
    )
    NO_CANCELLED_ORDER = (
        "no_cancelled_order",
        _P,
        "The deal has no cancelled order that a new one could follow.",
        _COMMAND,
        "Have the order cancelled in the ERP first.",
    )
    TOO_MANY_ORDERS = (
        "too_many_orders",
        _P,
        "The deal has had as many orders as one deal may have.",
        _COMMAND,
        "Start a new deal for another order.",
    )
    IN_DOUBT = (
        "in_doubt",
        _P,
        "Whether the deal's last order was made is not certain yet.",
        "try again when streak-infor sync says of the deal that nothing is in doubt",
        "Try again later.",
    )
    GONE = (
        "gone",
        _P,
        "What something was to be written on is gone.",
        "nothing: the record was deleted while a write to it was in doubt",
    )
    DECIDE = (
        "decide",
        _P,
        "Somebody has to decide about the deal.",
        "streak-infor dead-letters show says what is known",
    )
