"""clausewise eval export-reader: writes the reader as a CrossEncoder of sentence-transformers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import settings_for

_OutputArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where it is written.")]


def export_reader(output: _OutputArgument) -> None:
    """Write the reader as a folder that sentence-transformers loads as a CrossEncoder.

    Needs what `pip install 'clausewise[train]'` brings.
    """
    from bot.reader.trained import MODEL
    from eval.reading.cross_encoder import write_cross_encoder
    from eval.reading.shipped import shipped_network
    from vectorstore.embedders.bundled_model import built_model

    settings = settings_for(None)
    models = settings.models_folder()
    network = shipped_network(models, settings.reader_folder() or MODEL)
    write_cross_encoder(network, built_model(models), output)
    typer.echo(f"{output}: CrossEncoder({str(output)!r}, trust_remote_code=True) loads it")
