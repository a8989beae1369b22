"""Writes the trained network as a packed ONNX graph of 8 bits; the word table stays the embedder's."""

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch

from eval.reading.network import ReaderNetwork
from eval.reading.packing import packed

_OPSET = 17
_FLOAT = 1  # of onnx.TensorProto
_LENGTHS = {0: "batch", 1: "length"}


def export(network: ReaderNetwork, path: Path) -> None:
    """words [batch, length, 384], mask, clause [batch, length] → answers [batch], start, end [batch, length].

    Matrices are quantised a row at a time, what flows through them as it comes (dynamic quantisation).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

    network.eval()
    example = (torch.zeros(2, 8, 384), torch.ones(2, 8, dtype=torch.int64), torch.ones(2, 8))
    with TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network,
            example,
            str(whole),
            input_names=["words", "mask", "clause"],
            output_names=["answers", "start", "end"],
            dynamic_axes=dict.fromkeys(("words", "mask", "clause", "start", "end"), _LENGTHS)
            | {"answers": {0: "batch"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        optimised = _fused(whole, Path(scratch) / "fused.onnx")
        # Of what an operator of onnxruntime's own gives, its inference of shapes does not know the type.
        types = {"DefaultTensorType": _FLOAT}
        whole = Path(scratch) / "quantised.onnx"
        quantize_dynamic(optimised, whole, weight_type=QuantType.QInt8, per_channel=True, extra_options=types)
        path.write_bytes(packed(onnx.load(whole)))


def _fused(source: Path, target: Path) -> Path:
    """Attention and normalisation as single operators, as onnxruntime has them for every processor."""
    from onnxruntime.transformers.optimizer import optimize_model  # type: ignore[import-untyped]

    model = optimize_model(str(source), model_type="bert", num_heads=12, hidden_size=384, opt_level=0)
    model.save_model_to_file(str(target))
    return target
