"""The network: MiniLM's encoder in plain PyTorch with the reader's heads on top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.training.recipe import TOKEN_HEADS

LAYERS, WIDTH, ATTENTION_HEADS, INNER = 6, 384, 12, 1536
EPSILON = 1e-12
# Weights in seven bits: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
WEIGHT_MOST = 63


def _rounded(x: Tensor, scale: Tensor) -> Tensor:
    """x as it would be after quantization; gradients pass straight through (Jacob et al. 2018)."""
    return x + (torch.round(x / scale) * scale - x).detach()


class Product(nn.Linear):  # type: ignore[misc]
    """A linear layer that can feign its own quantization: weights by output, inputs by passage."""

    feigned = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.feigned:
            return functional.linear(x, self.weight, self.bias)
        with torch.no_grad():
            spread = x.amax((1, 2), keepdim=True).clamp(min=0) - x.amin((1, 2), keepdim=True).clamp(max=0)
            steps = self.weight.abs().amax(1, keepdim=True) / WEIGHT_MOST
        return functional.linear(_rounded(x, spread / 255), _rounded(self.weight, steps), self.bias)


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer as in BERT (Devlin et al. 2019): attention, then feed-forward, each with its norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = Product(WIDTH, 3 * WIDTH)
        self.out = Product(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.inner = Product(WIDTH, INNER)
        self.outer = Product(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Network(nn.Module):  # type: ignore[misc]
    """Encoder and heads. Word vectors stay as pre-trained, so that words never seen in training keep their place."""

    def __init__(self, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tokens = nn.Linear(WIDTH, len(TOKEN_HEADS))
        self.bias = nn.Linear(WIDTH, 1)  # on the mean of a sentence's tokens: a sum of shares
        self.opinion = nn.Linear(WIDTH, 3)  # in training only
        self.polarity_inner = nn.Linear(2 * WIDTH, 128)
        self.polarity_outer = nn.Linear(128, 3)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector a word piece; `mask` is true where a piece is."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        attended = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attended)
        return x

    def feign_quantization(self) -> None:
        """From now on, learn with the rounding that the exported encoder will do."""
        for layer in self.layers:
            for product in (layer.qkv, layer.out, layer.inner, layer.outer):
                product.feigned = True

    def judge_targets(self, targets: Tensor, sentences: Tensor) -> Tensor:
        """Negative, neutral, positive logits from the mean vectors of the targets and of their sentences."""
        joined = self.dropout(torch.cat([targets, sentences], dim=-1))
        return self.polarity_outer(self.dropout(functional.gelu(self.polarity_inner(joined))))


def load_pretrained(folder: Path, dropout: float) -> Network:
    """Read MiniLM's weights (safetensors, BERT's names) into a fresh network; heads start small."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    network = Network(weights["embeddings.word_embeddings.weight"].shape[0], dropout)
    state: dict[str, Any] = network.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"]
    state["positions.weight"] = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for i in range(LAYERS):
            old = f"encoder.layer.{i}."
            for new, name in {
                "out": "attention.output.dense",
                "norm1": "attention.output.LayerNorm",
                "inner": "intermediate.dense",
                "outer": "output.dense",
                "norm2": "output.LayerNorm",
            }.items():
                state[f"layers.{i}.{new}.{part}"] = weights[f"{old}{name}.{part}"]
            state[f"layers.{i}.qkv.{part}"] = torch.cat(
                [weights[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
    network.load_state_dict(state)
    for head in (network.tokens, network.bias, network.opinion):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    nn.init.constant_(network.tokens.bias, -2.0)
    return network
