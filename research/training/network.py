"""The network: MiniLM's encoder in plain PyTorch with the reader's heads on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from research.training.recipe import TOKEN_HEADS

WIDTH, ATTENTION_HEADS = 384, 12
WHOLE = (0, 1, 2, 3, 4, 5)  # MiniLM's layers
INNER = 1536  # and how wide each is inside
EPSILON = 1e-12
# Weights in seven bits: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
WEIGHT_MOST = 63


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014) whose masks are cut from one long strip: drawing each anew took a fifth of a
    step."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        strip = _draw_strip(self.share, x.dtype)
        at = int(torch.randint(len(strip) - x.numel(), ()))
        return x * strip[at : at + x.numel()].view(x.shape)


@cache
def _draw_strip(share: float, kind: torch.dtype) -> Tensor:
    return ((torch.rand(1 << 23) >= share) / (1 - share)).to(kind)


def _rounded(x: Tensor, scale: Tensor) -> Tensor:
    """x as it would be after quantization; gradients pass straight through (Jacob et al. 2018)."""
    return x + (torch.round(x / scale) * scale - x).detach()


class Product(nn.Linear):
    """A linear layer that can feign its own quantization: weights by output, inputs by passage."""

    feigned = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.feigned:
            return functional.linear(x, self.weight, self.bias)
        with torch.no_grad():
            spread = x.amax((1, 2), keepdim=True).clamp(min=0) - x.amin((1, 2), keepdim=True).clamp(max=0)
            steps = self.weight.abs().amax(1, keepdim=True) / WEIGHT_MOST
        return functional.linear(_rounded(x, spread / 255), _rounded(self.weight, steps), self.bias)


class Layer(nn.Module):
    """One transformer layer as in BERT (Devlin et al. 2019): attention, then feed-forward, each with its norm."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.qkv = Product(WIDTH, 3 * WIDTH)
        self.out = Product(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.inner = Product(WIDTH, inner)
        self.outer = Product(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Heads(nn.Module):
    """What is asked of every vector, on top of any encoder of this width."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.tokens = nn.Linear(width, len(TOKEN_HEADS))
        self.bias = nn.Linear(width, 1)  # on the mean of a sentence's tokens: a sum of shares
        self.opinion = nn.Linear(width, 3)  # in training only
        self.polarity_inner = nn.Linear(2 * width, 128)
        self.polarity_outer = nn.Linear(128, 3)
        for head in (self.tokens, self.bias, self.opinion):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        nn.init.constant_(self.tokens.bias, -2.0)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector a word piece; `mask` is true where a piece is."""
        raise NotImplementedError

    def feign_quantization(self) -> None:
        """From now on, learn with the rounding that the exported encoder will do; a teacher is never exported."""

    def judge_targets(self, targets: Tensor, sentences: Tensor) -> Tensor:
        """Negative, neutral, positive logits from the mean vectors of the targets and of their sentences."""
        joined = self.dropout(torch.cat([targets, sentences], dim=-1))
        return self.polarity_outer(self.dropout(functional.gelu(self.polarity_inner(joined))))


class Network(Heads):
    """Encoder and heads. Word vectors stay as pre-trained, so that words never seen in training keep their place."""

    def __init__(self, vocabulary: int, dropout: float, layers: int = len(WHOLE), inner: int = INNER) -> None:
        super().__init__(WIDTH, dropout)
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(inner, dropout) for _ in range(layers))

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
        for i in WHOLE:
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
    return network


def slim(whole: Mapping[str, Tensor], layers: Sequence[int], inner: int, dropout: float) -> Network:
    """A smaller network that begins with some layers of a whole one, each with the inner units that weigh most.

    A unit weighs as much as the product of the norms of what goes in and what comes out of it.
    """
    network = Network(whole["words.weight"].shape[0], dropout, len(layers), inner)
    state = {name: value for name, value in whole.items() if not name.startswith("layers.")}
    for at, layer in enumerate(layers):
        old = {
            name.removeprefix(f"layers.{layer}."): v for name, v in whole.items() if name.startswith(f"layers.{layer}.")
        }
        weighs = old["inner.weight"].norm(dim=1) * old["outer.weight"].norm(dim=0)
        kept = weighs.topk(inner).indices.sort().values
        old |= {
            "inner.weight": old["inner.weight"][kept],
            "inner.bias": old["inner.bias"][kept],
            "outer.weight": old["outer.weight"][:, kept],
        }
        state |= {f"layers.{at}.{name}": value for name, value in old.items()}
    network.load_state_dict(state)
    return network
