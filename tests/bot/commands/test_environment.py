from bot.commands.environment import keep_only_the_known


def kept(**given: str) -> dict[str, str]:
    environment = dict(given)
    keep_only_the_known(environment)
    return environment


def test_a_variable_that_nobody_has_heard_of_is_dropped() -> None:
    assert kept(TOMORROWS_TRACER_ENDPOINT="http://elsewhere", LANGSMITH_TRACING="true") == {}


def test_the_user_the_machine_and_our_own_settings_stay() -> None:
    given = {"PATH": "/bin", "HOME": "/home/a", "LC_ALL": "C", "CLAUSEWISE_DATA": "x", "OMP_NUM_THREADS": "1"}
    assert kept(**given) == given


def test_the_proxy_of_our_own_setting_is_that_of_the_process() -> None:
    found = kept(CLAUSEWISE_PROXY="http://ours:1", HTTPS_PROXY="http://theirs:2", no_proxy="*")
    assert found["HTTPS_PROXY"] == found["HTTP_PROXY"] == "http://ours:1"
    assert "127.0.0.1" in found["NO_PROXY"]
    assert "no_proxy" not in found
