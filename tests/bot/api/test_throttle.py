"""Counting what each client does, by a clock of the test's own."""

from bot.api.throttle import Throttle


class Clock:
    """Goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_client_waits_for_the_end_of_its_window_and_others_do_not() -> None:
    clock = Clock()
    throttle = Throttle(2, 60, clock)
    assert [throttle.take("a"), throttle.take("a")] == [0, 0]
    clock.now += 20.5
    assert (throttle.take("a"), throttle.take("b")) == (40, 0)
    clock.now += 39.5
    assert throttle.take("a") == 0


def test_what_was_given_back_does_not_count() -> None:
    throttle = Throttle(1, 60, Clock())
    assert throttle.take("a") == 0
    throttle.give_back("a")
    throttle.give_back("a")
    assert (throttle.take("a"), throttle.take("a")) == (0, 60)


def test_a_lower_limit_goes_before_the_usual_one() -> None:
    throttle = Throttle(5, 60, Clock())
    throttle.take("a")
    assert (throttle.take("a", most=1), throttle.take("a")) == (60, 0)


def test_many_clients_cost_bounded_memory() -> None:
    throttle = Throttle(1, 60, Clock())
    for place in range(25_000):
        throttle.take(str(place))
    assert len(throttle._windows) == 20_000
