"""The commands of `clausewise eval`, one file a command."""

import typer

from eval.commands.ablate import ablate
from eval.commands.benchmarks import add_benchmarks
from eval.commands.calibrate import calibrate
from eval.commands.compare import compare
from eval.commands.draft import new
from eval.commands.export_reader import export_reader
from eval.commands.importing import import_cases
from eval.commands.report import report
from eval.commands.run import run
from eval.commands.runs import runs
from eval.commands.sets import list_sets, schema
from eval.commands.sweep import sweep
from eval.commands.train_reader import train_reader
from eval.structure.command import structure

app = typer.Typer(help="Ask sets of questions and score the answers.", no_args_is_help=True)
app.command()(run)
app.command(name="list")(list_sets)
app.command()(schema)
app.command()(new)
app.command(name="import")(import_cases)
app.command()(runs)
app.command()(compare)
app.command()(report)
app.command()(ablate)
app.command()(calibrate)
app.command()(train_reader)
app.command()(export_reader)
app.command()(sweep)
app.command()(structure)
add_benchmarks(app)
