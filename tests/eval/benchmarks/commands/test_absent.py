"""An installation as the wheel makes it, without what pyproject.toml leaves out."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from eval.benchmarks.commands import COMMANDS
from eval.commands.benchmarks import NAMES

REPOSITORY = Path(__file__).parents[4]
_INVOKE = "import sys; from eval.commands import app; app(sys.argv[1:], prog_name='clausewise eval')"
_IMPORT_ALL = """
import pkgutil, eval
from importlib import import_module
for module in pkgutil.walk_packages(eval.__path__, "eval."):
    if not module.name.startswith("eval.reading."):  # needs the extra `train`
        import_module(module.name)
        print(module.name)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wheel = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    wheel = wheel["targets"]["wheel"]
    folder = tmp_path_factory.mktemp("installed")
    unneeded = shutil.ignore_patterns("web", "__pycache__", "samples")
    for package in wheel["packages"]:
        shutil.copytree(REPOSITORY / package, folder / package, ignore=unneeded)
    for pattern in wheel["exclude"]:
        for path in folder.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert not (folder / "eval" / "benchmarks").exists()
    return folder


def run(installed: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_names_are_those_of_the_commands() -> None:
    assert tuple(command.__name__ for command in COMMANDS) == NAMES


@pytest.mark.parametrize(
    "arguments",
    [
        ("public", "ncp", "--min", "rouge_l=0.36"),
        ("bench",),
        ("memory", "--documents", "9"),
        ("speed",),
        ("peers", "--tune"),
    ],
    ids=NAMES,
)
def test_a_benchmark_that_is_left_out_says_that_it_needs_a_checkout(
    installed: Path, arguments: tuple[str, ...]
) -> None:
    done = run(installed, _INVOKE, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"clausewise eval: {arguments[0]}: expected the folder eval/benchmarks")
    assert "checkout" in done.stderr


def test_the_other_commands_do_without_the_benchmarks(installed: Path) -> None:
    done = run(installed, _INVOKE, "list")
    assert done.returncode == 0, done.stderr
    assert "fact_accuracy" in done.stdout


def test_every_module_that_is_left_loads(installed: Path) -> None:
    done = run(installed, _IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    assert "eval.rouge" in done.stdout.split()
    assert "eval.benchmarks" not in done.stdout
