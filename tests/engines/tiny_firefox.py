"""A real model of Firefox's format, tiny and built by hand: it spells Cyrillic in Latin letters.

The format is marian's binary one (version 1): a header and name a tensor, shapes, data; weights are int8, transposed,
followed by their multiplier. Nothing is trained: tokens have a dimension each, the fastest dimensions of the position
encoding are left to it, and the decoder's one layer looks at the place of the source with its own number.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import sentencepiece

CYRILLIC = "абвгдежзийклмнопрстуфхцчшыэьяғӣқӯҳҷ"
LATIN = "abvgdežziyklmnoprstufhcčšyèwâǧīqūþj"
DIMENSIONS, FAST, INNER = 256, 16, 16
_FLOAT, _INT8, _INTGEMM8 = 0x404, 0x101, 0x4101


def build(folder: Path) -> Path:
    """Write ``model.ruen.intgemm.alphas.bin`` and ``vocab.ruen.spm`` into ``folder``."""
    spelling = io.BytesIO()
    letters = CYRILLIC + LATIN + "0123456789.,-"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(letters), letters] * 4),
        model_writer=spelling,
        model_type="char",
        vocab_size=len(set(letters)) + 4,
        normalization_rule_name="identity",
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=spelling.getvalue())
    pieces = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    (folder / "vocab.ruen.spm").write_bytes(spelling.getvalue())
    (folder / "model.ruen.intgemm.alphas.bin").write_bytes(_file(_tensors(pieces)))
    return folder


def spell(text: str) -> str:
    """What the model makes of ``text``."""
    return text.translate(str.maketrans(CYRILLIC, LATIN))


def _tensors(pieces: list[str]) -> dict[str, tuple[int, tuple[int, ...], bytes]]:
    half = DIMENSIONS // 2
    places = [*range(FAST), *range(half, half + FAST)]  # sines and cosines of the highest frequencies
    still = half - 1  # the sine of the lowest frequency: nearly 0 everywhere, so it tells what a layer norm took away
    tokens = [index for index in range(DIMENSIONS) if index not in (*places, still)]
    rows = -(-len(pieces) // 16) * 16
    embeddings = np.zeros((rows, DIMENSIONS))
    embeddings[range(len(pieces)), tokens[: len(pieces)]] = 1
    look, keys, values, out = (np.zeros((DIMENSIONS, DIMENSIONS)) for _ in range(4))
    look[places, places] = 72.0
    look[still, places] = -72.0
    keys[places, places] = 1.0
    spelled = dict(zip(CYRILLIC, LATIN, strict=True))
    for index, piece in enumerate(pieces):
        values[tokens[index], tokens[pieces.index(spelled.get(piece, piece))]] = 1.0
        out[tokens[index], tokens[index]] = 8.0
    none = np.zeros((DIMENSIONS, DIMENSIONS))
    found = {"Wemb": (_INTGEMM8, embeddings.shape, _quantized(embeddings)), "none_QuantMultA": _floats([127 / 17])}
    found["decoder_ff_logit_out_b"] = _floats([0.0] * len(pieces) + [-100.0] * (rows - len(pieces)))
    for name, weight, reach in (
        ("rnn_W", none, 17),
        ("rnn_Wf", none, 17),
        ("context_Wq", look, 2),
        ("context_Wk", keys, 1),
        ("context_Wv", values, 17),
        ("context_Wo", out, 17),
        ("ffn_W1", np.zeros((DIMENSIONS, INNER)), 17),
        ("ffn_W2", np.zeros((INNER, DIMENSIONS)), 17),
    ):
        found[f"decoder_l1_{name}"] = _weight(weight)
        found[f"decoder_l1_{name}_QuantMultA"] = _floats([127 / reach])
    for name, size in (("rnn_bf", DIMENSIONS), ("ffn_b1", INNER), ("ffn_b2", DIMENSIONS)):
        found[f"decoder_l1_{name}"] = _floats([0.0] * size)
    for name in "qkvo":
        found[f"decoder_l1_context_b{name}"] = _floats([0.0] * DIMENSIONS)
    for name in ("rnn_ffn", "context_Wo", "ffn_ffn"):
        found[f"decoder_l1_{name}_ln_scale"] = _floats([1.0] * DIMENSIONS)
        found[f"decoder_l1_{name}_ln_bias"] = _floats([0.0] * DIMENSIONS)
    settings = (
        f"dim-emb: {DIMENSIONS}\ntransformer-heads: 1\nenc-depth: 0\ndec-depth: 1\ntransformer-dim-ffn: {INNER}\n"
    )
    found["special:model.yml"] = (_INT8, (len(settings),), settings.encode())
    return found


def _weight(weight: np.ndarray) -> tuple[int, tuple[int, ...], bytes]:
    """A matrix from inputs to outputs."""
    return _INTGEMM8, weight.shape, _quantized(weight.T)


def _quantized(rows: np.ndarray) -> bytes:
    multiplier = 127 / np.abs(rows).max() if rows.any() else 1.0
    return np.rint(rows * multiplier).astype(np.int8).tobytes() + struct.pack("<f", multiplier)


def _floats(values: list[float]) -> tuple[int, tuple[int, ...], bytes]:
    return _FLOAT, (1, len(values)), struct.pack(f"<{len(values)}f", *values)


def _file(tensors: dict[str, tuple[int, tuple[int, ...], bytes]]) -> bytes:
    names = [name.encode() + b"\0" for name in tensors]
    out = [struct.pack("<QQ", 1, len(tensors))]
    for name, (kind, shape, data) in zip(names, tensors.values(), strict=True):
        out.append(struct.pack("<QQQQ", len(name), kind, len(shape), len(data)))
    out += names
    out += [struct.pack(f"<{len(shape)}i", *shape) for _, shape, _ in tensors.values()]
    gap = -(sum(map(len, out)) + 8) % 256
    out += [struct.pack("<Q", gap), b"\0" * gap]
    out += [data for _, _, data in tensors.values()]
    return b"".join(out)
