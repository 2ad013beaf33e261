"""Names of the configuration that people can change in Streak: fields, stages, options, pipelines, teams."""

from streak_infor_orchestration.domain.problems.code import NOT_THE_DEAL, Code, Cure

_A = Cure.ADMINISTRATOR
_WAITS = "The deal waits for your administrator: something that it needs has another name in Streak."
_ACCEPT = "streak-infor check --accept-names"


class NameCode(Code):
    NAME_MISSING = (
        "name_missing",
        _A,
        _WAITS,
        "make it in Streak again, or correct the name in the file",
    )
    NAME_TWICE = (
        "name_twice",
        _A,
        _WAITS,
        "two bear the name: one has to be renamed or deleted",
        "rename or delete all but one in Streak",
    )
    NAME_CHANGED = (
        "name_changed",
        _A,
        _WAITS,
        "somebody renamed it in Streak",
        "rename it back in Streak, or write the new name here and run streak-infor check",
    )
    NAME_MOVED = (
        "name_moved",
        _A,
        _WAITS,
        "the name is another one's now: two were swapped, or one was made anew",
        f"rename them back in Streak; if it is meant so, run {_ACCEPT}",
        _ACCEPT,
    )
    AMBIGUOUS_NAME = (
        "ambiguous_name",
        _A,
        _WAITS,
        "several in Streak bear this name; rename all but one",
    )
    UNKNOWN_NAME = (
        "unknown_name",
        _A,
        _WAITS,
        "correct the name in the file, or make it in Streak",
    )
    NO_PIPELINE = (
        "no_pipeline",
        _A,
        NOT_THE_DEAL,
        "share the pipeline with the integration's user again, or name another one",
    )
    NO_TEAM = (
        "no_team",
        _A,
        NOT_THE_DEAL,
        "add the integration's user to the team again, or name another one",
    )
    PIPELINE_HIDDEN = (
        "pipeline_hidden",
        _A,
        NOT_THE_DEAL,
        "share the pipeline with the integration's user again",
    )
