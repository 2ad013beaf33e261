"""What most transcripts begin with: the team's key and a pipeline with stages, fields and a box."""

from streak_infor_orchestration_tests.twins.streak.exchange import Exchange as X

TEAM = [X("§3.2", "GET /api/v2/users/me/teams", saves={"team": "results.0.key", "ana": "results.0.creator"})]

PIPELINE = [
    *TEAM,
    X(
        "§3.3",
        "PUT /api/v1/pipelines",
        form={
            "name": "Sales",
            "teamKey": "{team}",
            "stageNames": "Lead,Qualified,Won",
            "fieldNames": "Deal size,Close date,Region,Labels,Signed,Weighted,Manager",
            "fieldTypes": "TEXT_INPUT,DATE,DROPDOWN,TAG,CHECKBOX,FORMULA,PERSON",
        },
        saves={"pipeline": "key"},
    ),
    X(
        "§3.5",
        "POST /api/v1/pipelines/{pipeline}/fields/1003",
        json={"dropdownSettings": {"items": [{"name": "EU"}, {"name": "US"}]}},
    ),
    X(
        "§3.5",
        "POST /api/v1/pipelines/{pipeline}/fields/1004",
        json={"tagSettings": {"tags": [{"tag": "hot"}, {"tag": "new"}, {"tag": "vip"}]}},
    ),
]

BOX = [
    *PIPELINE,
    X(
        "§3.6",
        "POST /api/v2/pipelines/{pipeline}/boxes",
        json={"name": "Northwind renewal"},
        saves={"box": "key"},
    ),
]
