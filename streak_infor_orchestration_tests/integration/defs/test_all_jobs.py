"""Every job of the project can be made in one process, as a worker makes them before it forks."""

from streak_infor_orchestration.definitions import defs


def test_no_job_stands_in_anothers_way() -> None:
    """Dagster takes each name of an op, graph or job once, and finds out only when somebody asks for all of them."""
    jobs = {job.name for job in defs().get_repository_def().get_all_jobs()}
    assert {"order_to_cash", "sweep"} <= jobs
