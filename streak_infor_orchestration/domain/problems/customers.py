"""Who buys: customers in the ERP beside organizations and contacts in Streak."""

from streak_infor_orchestration.domain.problems.code import Code, Cure

_P = Cure.PERSON
_LINK = "streak-infor link customer"
_INSTEAD = f"{_LINK} --instead"


class CustomerCode(Code):
    NO_CUSTOMER_NAME = (
        "no_customer_name",
        _P,
        "Who buys has no name in Streak.",
        "customer.source says whether organizations or contacts are customers",
        "Enter the name of who buys in Streak.",
    )
    NO_CUSTOMER = (
        "no_customer",
        _P,
        "Who buys is no customer in the ERP.",
        "customer.create says whether customers are made",
        "Have the customer set up in the ERP, then retry the deal.",
        "streak-infor dead-letters retry",
    )
    AMBIGUOUS_CUSTOMER = (
        "ambiguous_customer",
        _P,
        "Who buys may be a customer already: several look alike.",
        "compare the candidates (streak-infor dead-letters show) and link one, or say --new",
        "Say which one it is, or that it is a new customer. When your administrator has linked it, the order follows "
        "by itself.",
        _LINK,
    )
    CUSTOMER_GONE = (
        "customer_gone",
        _P,
        "The customer no longer exists in the ERP: it was merged into another one, or erased.",
        "link the customer that stands in its place",
        "Have the customer restored in the ERP, or your administrator link the one that stands in its place.",
        _INSTEAD,
    )
    CUSTOMER_CLOSED = (
        "customer_closed",
        _P,
        "The customer is closed in the ERP.",
        "have the customer opened, or link the one that stands in its place",
        "Have the customer opened again in the ERP, or your administrator link the one that stands in its place.",
        _INSTEAD,
    )
    CHANGED_ON_BOTH_SIDES = (
        "changed_on_both_sides",
        _P,
        "Something of the customer was changed differently in Streak and in the ERP.",
        "the rule's `policy` says which side wins without asking",
        "Enter the right one on both sides.",
    )
    AMBIGUOUS_ORGANIZATION = (
        "ambiguous_organization",
        _P,
        "A customer that is new in the ERP may be an organization in Streak already.",
        "link the organization, or make one of the customer by hand and link that",
        "Say which organization it is, or make one. When your administrator has linked it, it is kept the same.",
        _LINK,
    )
    ORGANIZATION_UNCERTAIN = (
        "organization_uncertain",
        _P,
        "Streak did not answer when an organization was to be made, and cannot be asked whether it was.",
        "look for it in Streak, make it by hand where it is missing, and link it",
        "Look for the organization in Streak. When your administrator has linked it, it is kept the same.",
        _LINK,
    )
    NOT_TO_BE_MERGED = (
        "not_to_be_merged",
        _P,
        "What is to be merged are no two records of one system.",
        "name two link keys of Streak, or two numbers of the ERP",
        "Say which two records of one system are the same.",
        "streak-infor customers duplicates",
    )
    MERGED_ALREADY = (
        "merged_already",
        _P,
        "The record was merged into another one itself.",
        "merge into the one that is named",
        "Name the record that stands for it by now.",
        "streak-infor customers merge",
    )
    CONTACT_GONE = (
        "contact_gone",
        _P,
        "Somebody is at the customer in one system and no longer in the other.",
        "`contacts.gone` says what is done: close makes them inactive in the ERP, ignore leaves them",
        "Make the contact inactive in the ERP, or add it to the organization in Streak again.",
    )
    CONTACT_MOVED = (
        "contact_moved",
        _P,
        "Somebody was moved to different customers in Streak and in the ERP.",
        "move the contact in one of the systems to where the other one has it",
        "Say in both systems where the person works now.",
    )
    ADDRESS_SHARED = (
        "address_shared",
        _P,
        "Somebody of the ERP has the e-mail address of another contact in Streak.",
        "see whether the two are one person under two names",
        "Give one of the two another e-mail address, or the same name where they are one person.",
    )
    CREDIT_HOLD = (
        "credit_hold",
        _P,
        "The customer is on credit hold.",
        "nothing: the deal is tried again when the hold is lifted",
        "Ask finance to release the customer's credit hold, then edit the deal or retry it.",
        "streak-infor dead-letters retry",
    )
    UNKNOWN_CUSTOMER = (
        "unknown_customer",
        _P,
        "The ERP has no customer of this number.",
        "see in the ERP whether the customer was merged into another one",
        "The customer is gone from the ERP: have the link checked.",
        _INSTEAD,
    )
    UNKNOWN_PARTY = (
        "unknown_party",
        _P,
        "The organization or contact that buys no longer exists in Streak.",
        "see in Streak whether the record was merged into another one",
        "Add the organization or contact that buys to the deal again.",
    )
    LINK_TAKEN = (
        "link_taken",
        _P,
        "The customer, organization or contact is linked to another one already.",
        "a link is one to one: end the other link if the records were merged",
        "Ask your administrator which of the two is meant.",
        _INSTEAD,
    )
