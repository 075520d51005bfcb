"""What both runtimes of multilingual-e5-small share: texts → token ids, token vectors → the text's vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from expander.alignment.embedding import Vectors
    from expander.alignment.q4_model import Q4Model, Tensor

_PREFIX = "query: "


def pooled(states: Tensor, ids: Sequence[Sequence[int]]) -> Vectors:
    """Unit vectors: the mean of each text's token vectors (texts × tokens × dimensions), padding apart."""
    import numpy as np

    lengths = np.array([len(row) for row in ids])
    mask = np.arange(states.shape[1])[None, :] < lengths[:, None]
    means = (states * mask[:, :, None]).sum(axis=1) / lengths[:, None]
    vectors: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return vectors


def prepared(texts: Sequence[str], characters: Mapping[int, str]) -> list[str]:
    """Texts as the tokenizer wants them, with the prefix that the model card asks for in symmetric tasks."""
    return [" ".join(f"{_PREFIX}{text}".translate(characters).split(" ")) for text in texts]


def tokenizer_of(model: Q4Model) -> Any:
    """The model's tokenizer: words are marked and cut into the likeliest pieces."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(model.pieces), unk_id=model.unknown))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    begin, end = model.pieces[model.begin][0], model.pieces[model.end][0]
    special = [(begin, model.begin), (end, model.end)]
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A {end}", special_tokens=special)
    tokenizer.enable_truncation(model.longest)
    return tokenizer
