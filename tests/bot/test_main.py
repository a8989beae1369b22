import typer

from bot.__main__ import build_app


class GreetingPoint:
    """An entry point of another package."""

    name = "greet"

    def load(self) -> typer.Typer:
        return typer.Typer()


def test_commands_of_other_packages_join_under_their_names() -> None:
    app = build_app([GreetingPoint()])  # type: ignore[list-item]
    assert [group.name for group in app.registered_groups] == ["docs", "greet"]
