"""The campaign's own Postgres: databases come and go, and what was committed survives its crash."""

import psycopg2

from streak_infor_orchestration.proof.postgres import Postgres, database_in


def test_what_was_committed_survives_a_crash() -> None:
    with Postgres() as server, database_in(server.url) as url:
        connection = psycopg2.connect(url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 1 AS n")
        server.crash_and_start()
        assert connection.closed or not alive(connection), "it was a crash for whoever was connected"
        connection.close()
        again = psycopg2.connect(url)
        with again.cursor() as cursor:
            cursor.execute("SELECT n FROM kept")
            assert cursor.fetchone() == (1,)
        again.close()


def alive(connection: "psycopg2.extensions.connection") -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except psycopg2.Error:
        return False
    return True
