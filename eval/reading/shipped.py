"""The weights of a shipped reader, so that training goes on from them.

The graph that `eval.reading.export` writes holds matrices in 8 bits, with a scale for each output, in steps
made coarser by `eval.reading.packing`: what is read back differs from what was trained by about a step.
"""

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, numpy_helper

from bot.reader.trained import GRAPH_NAME, MODEL
from eval.reading.network import ReaderNetwork
from vectorstore.embedders.bundled_model import built_model

_Floats = NDArray[numpy.float32]


FROZEN_LAYERS = 2


def shipped_network(models: Path, folder: Path = MODEL) -> ReaderNetwork:
    """The network of the reader in the folder; `models` is where the embedding model is built."""
    network = ReaderNetwork(built_model(models))
    network.freeze(FROZEN_LAYERS)
    load_shipped(network, folder / GRAPH_NAME)
    return network


def load_shipped(network: ReaderNetwork, graph: Path) -> None:
    """Puts what was trained of the reader of this graph into the network; the frozen rest is the embedder's.

    Raises KeyError if the graph lacks a weight that the network trains, RuntimeError if its shape differs.
    """
    found = dict(_weights(onnx.load_from_string(gzip.decompress(graph.read_bytes()))))
    trained = [name for name, weight in network.named_parameters() if weight.requires_grad]
    state = {name: torch.from_numpy(found[name].copy()) for name in trained}
    network.load_state_dict(state, strict=False)


def _weights(model: ModelProto) -> Iterator[tuple[str, _Floats]]:
    """By the names that the network gives them."""
    held = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    yield from held.items()
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            # A matrix stands as [inputs, outputs], a linear layer keeps [outputs, inputs].
            yield f"{_layer(node)}.weight", _floats(held, node.input[1].removesuffix("_quantized")).T
        elif node.op_type == "QAttention":
            layer = f"encoder.encoder.layer.{node.name.split('_')[1]}.attention.self"
            matrix = _floats(held, node.input[1].removesuffix("_quantized"))
            thirds = numpy.split(matrix, 3, axis=1), numpy.split(held[node.input[2]], 3)
            for name, weight, bias in zip(("query", "key", "value"), *thirds, strict=True):
                yield f"{layer}.{name}.weight", weight.T
                yield f"{layer}.{name}.bias", bias


def _layer(node: NodeProto) -> str:
    """The layer whose product a node is: /span/MatMul_quant, /judge/judge.0/Gemm_MatMul_quant."""
    *path, _ = node.name.strip("/").split("/")
    return path[-1] if path[0] == "judge" else ".".join(path)


def _floats(held: Mapping[str, NDArray[numpy.generic]], name: str) -> _Floats:
    steps = held[f"{name}_quantized"].astype(numpy.float32) - held[f"{name}_zero_point"].astype(numpy.float32)
    floats: _Floats = steps * held[f"{name}_scale"].astype(numpy.float32)
    return floats
