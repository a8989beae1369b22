"""Packs the graph of the reader: its weights of 8 bits in steps so coarse that they take five and a half.

What flows through the graph is rounded to 8 bits as well, by the range of all of it, which costs far more:
against the network in floats, logits are off by 0.10 (root of the mean square) with steps of a 127th of the
largest weight and with these alike.
"""

import gzip

import numpy
from onnx import ModelProto, numpy_helper

# Steps in a standard deviation of the weights of an output.
_STEPS = 8.0
_QUANTISED, _SCALE = "_quantized", "_scale"


def packed(model: ModelProto) -> bytes:
    """The graph as a file of gzip; its matrices are changed in place.

    A matrix of 8 bits has a scale for each output; a vector of them, and a table that is looked up, stays.
    """
    held = {each.name: each for each in model.graph.initializer}
    looked_up = {name for node in model.graph.node if node.op_type == "Gather" for name in node.input}
    for name, tensor in held.items():
        scale = held.get(f"{name.removesuffix(_QUANTISED)}{_SCALE}")
        if not name.endswith(_QUANTISED) or scale is None or name in looked_up or len(tensor.dims) < 2:
            continue
        steps, scales = numpy_helper.to_array(tensor).astype(numpy.float32), numpy_helper.to_array(scale)
        wider = numpy.maximum(steps.std(axis=0) / _STEPS, 1.0).astype(numpy.float32)
        coarse = numpy.rint(steps / wider).astype(numpy.int8)
        tensor.CopyFrom(numpy_helper.from_array(coarse, name))
        scale.CopyFrom(numpy_helper.from_array(scales * wider, scale.name))
    # No time in the head: the same weights are the same file.
    return gzip.compress(model.SerializeToString(), mtime=0)
