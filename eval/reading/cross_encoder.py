"""Writes the reader as a CrossEncoder of sentence-transformers, for programs that rank with one."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.reader.encoding import LONGEST_TOKENS
from eval.reading import cross_encoder_head
from eval.reading.cross_encoder_head import ReaderHead
from eval.reading.network import ReaderNetwork

_HEAD = "reader_head"  # the module as it lies in the folder
_CONFIGURATION = "sentence_bert_config.json"
_WITHOUT_POOLING = {"add_pooling_layer": False}


def write_cross_encoder(network: ReaderNetwork, model: Path, folder: Path) -> None:
    """Writes to the folder; `model` is the embedding model, whose tokenizer it shares.

    `CrossEncoder(folder, trust_remote_code=True)` loads it: its head is a module that lies in the folder.
    """
    from sentence_transformers import CrossEncoder
    from sentence_transformers.base.modules import Transformer

    head = ReaderHead()
    head.judge.load_state_dict(network.judge.state_dict())
    with TemporaryDirectory() as scratch:
        network.encoder.config.num_labels = 1  # by which the library knows scores from classes
        network.encoder.save_pretrained(scratch)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(model / name, Path(scratch) / name)
        transformer = Transformer(
            scratch,
            transformer_task="feature-extraction",
            max_seq_length=LONGEST_TOKENS,
            model_kwargs=_WITHOUT_POOLING,
        )
        CrossEncoder(modules=[transformer, head]).save_pretrained(str(folder))
    shutil.copyfile(cross_encoder_head.__file__, folder / f"{_HEAD}.py")
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[1]["type"] = f"{_HEAD}.{ReaderHead.__name__}"
    _write_json(folder / "modules.json", modules)
    # The library does not keep it, and would draw weights for a layer that is not there.
    configuration = json.loads((folder / _CONFIGURATION).read_text(encoding="utf-8"))
    _write_json(folder / _CONFIGURATION, configuration | {"model_kwargs": _WITHOUT_POOLING})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
