"""A graph whose weights are put in coarser steps."""

import gzip

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from eval.reading.packing import packed


def test_a_matrix_keeps_its_values_but_for_half_a_step_and_takes_less_room() -> None:
    random = numpy.random.default_rng(1)
    weights = random.normal(size=(400, 50)).astype(numpy.float32)
    scales = (numpy.abs(weights).max(axis=0) / 127).astype(numpy.float32)
    steps = numpy.rint(weights / scales).astype(numpy.int8)
    held = [
        numpy_helper.from_array(steps, "dense_quantized"),
        numpy_helper.from_array(scales, "dense_scale"),
        numpy_helper.from_array(numpy.zeros(50, numpy.int8), "dense_zero_point"),
    ]
    node = helper.make_node("MatMulInteger", ["x", "dense_quantized"], ["y"])
    graph = helper.make_graph(
        [node],
        "dense",
        [helper.make_tensor_value_info("x", TensorProto.INT8, [1, 400])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [1, 50])],
        held,
    )
    model = helper.make_model(graph)
    plain = gzip.compress(model.SerializeToString(), mtime=0)
    file = packed(model)
    found = {
        each.name: numpy_helper.to_array(each)
        for each in onnx.load_from_string(gzip.decompress(file)).graph.initializer
    }
    back = found["dense_quantized"].astype(numpy.float32) * found["dense_scale"]
    deviation = weights.std(axis=0)
    assert (numpy.abs(back - weights).max(axis=0) < deviation / 8).all()
    assert numpy.sqrt(((back - weights) ** 2).mean()) < 0.05
    assert len(file) < 0.85 * len(plain)


def test_a_table_that_is_looked_up_stays_as_it_is() -> None:
    table = numpy.arange(-128, 128, dtype=numpy.int16).astype(numpy.int8).reshape(64, 4)
    held = [
        numpy_helper.from_array(table, "places_quantized"),
        numpy_helper.from_array(numpy.array([0.5], numpy.float32), "places_scale"),
    ]
    node = helper.make_node("Gather", ["places_quantized", "ids"], ["found"])
    graph = helper.make_graph(
        [node],
        "places",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1])],
        [helper.make_tensor_value_info("found", TensorProto.INT8, [1, 4])],
        held,
    )
    back = onnx.load_from_string(gzip.decompress(packed(helper.make_model(graph)))).graph.initializer
    assert (numpy_helper.to_array(back[0]) == table).all()
