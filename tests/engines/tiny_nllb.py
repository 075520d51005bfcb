"""A real ctranslate2 model of NLLB's shape, tiny and built by hand: it spells Cyrillic in Latin letters.

Nothing is trained. Token and position stand in separate dimensions of the embeddings, one each; the decoder attends to
the encoder's place with its own number, takes the token there to the output dimensions, and the projection maps each
letter to its counterpart. Layer norms are set to be the identity. So the model's answers are known beforehand.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec, common_spec

CYRILLIC = "абвгдежзийклмнопрстуфхцчшыэьяғӣқӯҳҷ"
LATIN = "abvgdežziyklmnoprstufhcčšyèwâǧīqūþj"
PLACES = 120
SPACE = "▁"


def build(folder: Path) -> Path:
    """Write the model's four files into ``folder``."""
    pieces = _spelling(folder)
    extra = ["rus_Cyrl", "tgk_Cyrl", "eng_Latn"]
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *(piece for piece in pieces if piece[0] != "<"), *extra]
    spec = TransformerSpec.from_config((1, 1), 1, pre_norm=True, activation=common_spec.Activation.RELU)
    _fill(spec, vocabulary)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.decoder_start_token = "</s>"
    spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(folder))
    return folder


def spell(text: str) -> str:
    """What the model makes of ``text``."""
    return text.lower().translate(str.maketrans(CYRILLIC, LATIN))


def _spelling(folder: Path) -> list[str]:
    model = io.BytesIO()
    letters = CYRILLIC + LATIN + "0123456789.,-"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(letters), letters] * 4),
        model_writer=model,
        model_type="char",
        vocab_size=len(set(letters)) + 4,
        normalization_rule_name="nmt_nfkc_cf",
        minloglevel=2,
    )
    (folder / "sentencepiece.bpe.model").write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(index) for index in range(processor.get_piece_size())]


def _fill(spec: TransformerSpec, vocabulary: list[str]) -> None:
    size = len(vocabulary)
    depth = 2 * size + PLACES  # token read, place, token to write
    token, place, written = slice(0, size), slice(size, size + PLACES), slice(size + PLACES, depth)
    embeddings = np.zeros((size, depth), np.float32)
    embeddings[:, token] = np.eye(size)
    places = np.zeros((PLACES, depth), np.float32)
    places[:, place] = np.eye(PLACES)

    def zero(rows: int, columns: int) -> np.ndarray:
        return np.zeros((rows, columns), np.float32)

    def norm(layer: common_spec.LayerNormSpec, ones: int) -> None:
        """The identity on vectors that hold so many ones and else zeros."""
        mean = ones / depth
        layer.gamma = np.full(depth, np.sqrt(mean - mean**2 + 1e-5), np.float32)
        layer.beta = np.full(depth, mean, np.float32)

    def linear(layer: common_spec.LinearSpec, weight: np.ndarray) -> None:
        layer.weight, layer.bias = weight, np.zeros(len(weight), np.float32)

    def idle(attention, feed_forward, ones: int) -> None:
        norm(attention.layer_norm, 2)
        linear(attention.linear[0], zero(3 * depth, depth))
        linear(attention.linear[1], zero(depth, depth))
        norm(feed_forward.layer_norm, ones)
        linear(feed_forward.linear_0, zero(8, depth))
        linear(feed_forward.linear_1, zero(depth, 8))

    spec.encoder.embeddings[0].weight = embeddings
    spec.encoder.position_encodings.encodings = places
    spec.encoder.scale_embeddings = False
    idle(spec.encoder.layer[0].self_attention, spec.encoder.layer[0].ffn, 2)
    norm(spec.encoder.layer_norm, 2)

    decoder = spec.decoder
    decoder.embeddings.weight = embeddings
    decoder.position_encodings.encodings = places
    decoder.scale_embeddings = False
    layer = decoder.layer[0]
    idle(layer.self_attention, layer.ffn, 3)
    norm(layer.attention.layer_norm, 2)
    look = zero(depth, depth)
    look[place, place] = np.eye(PLACES) * 30 * np.sqrt(depth)
    keys = zero(depth, depth)
    keys[place, place] = np.eye(PLACES)
    values = zero(depth, depth)
    values[written, token] = np.eye(size)
    linear(layer.attention.linear[0], look)
    linear(layer.attention.linear[1], np.concatenate([keys, values]))
    linear(layer.attention.linear[2], np.eye(depth, dtype=np.float32))
    norm(decoder.layer_norm, 3)
    spelled = dict(zip(CYRILLIC, LATIN, strict=True))
    projection = zero(size, depth)
    for index, piece in enumerate(vocabulary):
        to = vocabulary.index(spelled.get(piece, piece))
        projection[to, written.start + index] = 40.0
    linear(decoder.projection, projection)
