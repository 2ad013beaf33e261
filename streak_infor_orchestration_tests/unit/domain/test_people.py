"""Who is who at a customer: by name where nothing speaks against it, never by an address alone."""

from streak_infor_orchestration.domain.people import Paired, paired, person

JANE = person("k1", "Jane", "Roe", ["jane@x.example"])
JOHN = person("k2", "John", "Doe", ["info@x.example"])


def test_one_of_a_name_on_either_side_is_the_same() -> None:
    theirs = [person("1", "jane", " ROE ", []), person("2", "John", "Doe", ["Info@X.example"])]
    assert paired([JANE, JOHN], theirs) == Paired({"k1": "1", "k2": "2"}, [], [])


def test_a_shared_address_alone_links_nobody_and_keeps_nobody_from_being_made_by_mistake() -> None:
    other = person("1", "Mary", "Poe", ["info@x.example"])
    assert paired([JOHN], [other]) == Paired({}, [], [])
    assert paired([JOHN], [person("1", "", "", ["info@x.example"])]) == Paired({}, [], [])


def test_whom_an_address_is_shared_with_is_known_to_be_another_once_they_are_linked() -> None:
    theirs = [person("1", "John", "Doe", ["info@x.example"]), person("2", "Mary", "Poe", ["info@x.example"])]
    assert paired([JOHN], theirs) == Paired({"k2": "1"}, [], ["2"])


def test_two_of_one_name_are_a_persons() -> None:
    both = [person("1", "Jane", "Roe", []), person("2", "Jane", "Roe", [])]
    assert paired([JANE], both) == Paired({}, [], [])
    assert paired([JANE, person("k3", "Jane", "Roe", [])], [both[0]]) == Paired({}, [], [])


def test_of_one_name_with_other_addresses_nobody_is_certain() -> None:
    assert paired([JANE], [person("1", "Jane", "Roe", ["roe@y.example"])]) == Paired({}, [], [])


def test_who_is_nobody_over_there_is_alone() -> None:
    assert paired([JANE], [person("2", "John", "Doe", ["john@x.example"])]) == Paired({}, ["k1"], ["2"])
    assert paired([person("k", "", "", [])], [person("1", "", "", [])]) == Paired({}, ["k"], ["1"])
