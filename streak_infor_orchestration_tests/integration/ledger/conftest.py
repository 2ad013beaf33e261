import pytest

from streak_infor_orchestration.ledger import Store


@pytest.fixture
def store(store_on_both: Store) -> Store:
    return store_on_both
