"""The queue of several machines: Redis, where it is configured."""

from collections.abc import Iterator
from importlib.metadata import version

from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong

OLDEST_CLIENT = (6, 4)
"""Of redis-py: kombu, which speaks to Redis for us, takes no older one."""

_SECONDS = 5.0
_INSTALL = 'pip install "streak-infor-orchestration[redis]"'


def redis(context: Context) -> Iterator[Checked]:
    address = context.parts.settings.redis_url
    if address is None:
        yield good("files in the state folder: one machine")
        return
    try:
        from redis import Redis
        from redis.exceptions import RedisError
    except ModuleNotFoundError:
        yield wrong("STREAK_INFOR_REDIS_URL is set, but what speaks to Redis is not installed", _INSTALL)
        return
    if (client := _numbers(version("redis"))) < OLDEST_CLIENT:
        needed = ".".join(map(str, OLDEST_CLIENT))
        yield wrong(f"redis-py {version('redis')} is too old, {needed} is needed", _INSTALL)
        return
    try:
        server = Redis.from_url(
            address.get_secret_value(), socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS
        )
        told = server.info()
    except (
        RedisError,
        ValueError,
        OSError,
    ) as error:  # ValueError: no address at all; neither repeats a password
        yield wrong(
            f"Redis does not answer ({type(error).__name__})",
            "see that STREAK_INFOR_REDIS_URL is right (redis://[user:password@]host:6379/0), reachable from this "
            "machine, and that its user may use it",
        )
        return
    yield good(f"Redis {told['redis_version']} answers, redis-py {'.'.join(map(str, client))}")
    if context.parts.settings.database_url is None:
        yield look(
            "Redis without Postgres: the state stays in files of this machine",
            "several machines need STREAK_INFOR_DATABASE_URL as well",
        )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())
