"""The shape of a new box (§3.6, §6) and what search tells of it (§3.14)."""

from typing import Any

from streak_infor_orchestration.twins.streak.state.roster import sharing_entry

Json = dict[str, Any]


def new_box(key: str, pipeline_key: str, creator: Json, name: str, stage_key: str, at: int) -> Json:
    return {
        "key": key,
        "boxKey": key,
        "pipelineKey": pipeline_key,
        "creatorKey": creator["key"],
        "creationTimestamp": at,
        "lastUpdatedTimestamp": at,
        "lastSavedTimestamp": at,
        "lastStageChangeTimestamp": at,
        "name": name,
        "stageKey": stage_key,
        "fields": {},
        "followerKeys": [],
        "followerCount": 0,
        "linkedBoxKeys": [],
        "assignedToSharingEntries": [],
        "creatorSharingEntry": sharing_entry(creator),
        "followerSharingEntries": [],
        "contacts": [],
        "organizations": [],
        "emailAddresses": [],
        "emailAddressesAutoExtracted": [],
        "emailAddressesBlacklist": [],
        "taskTotal": 0,
        "taskCompleteCount": 0,
        "taskIncompleteCount": 0,
        "taskOverdueCount": 0,
        "commentCount": 0,
        "gmailThreadCount": 0,
        "fileCount": 0,
        "callLogCount": 0,
        "meetingNotesCount": 0,
        "totalNumberOfEmails": 0,
        "totalNumberOfSentEmails": 0,
        "totalNumberOfReceivedEmails": 0,
        "freshness": 1.0,
    }


def search_summary(box: Json) -> Json:
    """There is no ``key`` in it."""
    return {
        "boxKey": box["key"],
        "name": box["name"],
        "lastUpdatedTimestamp": box["lastUpdatedTimestamp"],
        "assignedToKeys": [entry["userKey"] for entry in box["assignedToSharingEntries"]],
        "stageKey": box["stageKey"],
        "pipelineKey": box["pipelineKey"],
    }


def search_text(box: Json) -> str:
    """Name and notes only: whether field values are searched is not documented."""
    return f"{box['name']}\n{box.get('notes', '')}"
