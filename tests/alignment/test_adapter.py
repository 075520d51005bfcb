"""What was learned on top of the model file."""

import numpy as np
import pytest

from expander.alignment.adapter import adapter
from expander.alignment.q4_model import model_file, read_q4

NAME = "l3.fi.w"


@pytest.fixture(scope="module")
def model():
    return read_q4(model_file())


def test_the_adapter_fits_every_layer_and_reads_in_rows(model):
    learned = adapter()
    assert set(learned.down) == set(learned.up)
    assert len(learned.down) == 6 * model.layers
    columns = learned.down[NAME].shape[1]
    whole = learned.tensor(model, NAME)
    assert not np.array_equal(whole, model.tensor(NAME))
    rows = learned.tensor(model, NAME, 32 * columns, 64 * columns)
    assert np.allclose(rows, whole[32 * columns : 64 * columns], atol=1e-6)
    assert np.array_equal(learned.tensor(model, "emb.ln.w"), model.tensor("emb.ln.w"))
