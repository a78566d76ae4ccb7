"""The network: MiniLM's encoder in plain PyTorch with the reader's heads on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.functional import cross_entropy

from models.reader.grammar import RELATIONS, UPOS, XPOS
from research.training.recipe import SENTENCE_HEADS, TOKEN_HEADS

WIDTH, ATTENTION_HEADS = 384, 12
ARC, RELATION, PAIR, FEELING = 128, 64, 128, 64  # how wide the further heads are inside
FURTHER = ("grammar", "answers", "pair", "feeling")
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


class Product(nn.Linear):
    """A linear layer that can feign its own quantization (Jacob et al. 2018): weights by output in seven bits, inputs
    by passage in eight. Gradients pass straight through."""

    feigned = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.feigned:
            return functional.linear(x, self.weight, self.bias)
        with torch.no_grad():
            least, most = x.amin((1, 2)).float().clamp(max=0), x.amax((1, 2)).float().clamp(min=0)
            scale = ((most - least) / 255).clamp(min=1e-8)
            zero = (-least / scale).round().int()
            steps = self.weight.abs().amax(1) / WEIGHT_MOST
            none = torch.zeros_like(steps, dtype=torch.int32)
        x = torch.fake_quantize_per_channel_affine(x.float(), scale, zero, 0, 0, 255)
        weight = torch.fake_quantize_per_channel_affine(self.weight, steps, none, 0, -WEIGHT_MOST, WEIGHT_MOST)
        return functional.linear(x, weight, self.bias)


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


class Grammar(nn.Module):
    """Tags and arcs over the first piece of every word: biaffine (Dozat & Manning 2017), with a vector for the root."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.upos, self.xpos = nn.Linear(width, len(UPOS)), nn.Linear(width, len(XPOS))
        self.arc_dependent, self.arc_head = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.relation_dependent, self.relation_head = nn.Linear(width, RELATION), nn.Linear(width, RELATION)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(len(RELATIONS), RELATION + 1, RELATION + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.xavier_uniform_(self.relation)

    def measure_loss(self, x: Tensor, trees: Tensor) -> Tensor:
        """Sum over words of the losses of tags, head and relation.

        `x`: sentences × words × width. `trees`: sentences × words × 4 (upos, xpos, head, relation), -100 beyond the
        sentence's end; heads count from 1, 0 is the root.
        """
        sentences, _, width = x.shape
        upos, xpos, heads, relations = trees.unbind(-1)
        x = self.dropout(x)
        loss = cross_entropy(self.upos(x).flatten(0, 1), upos.flatten(), reduction="sum")
        loss = loss + 0.5 * cross_entropy(self.xpos(x).flatten(0, 1), xpos.flatten(), reduction="sum")
        rooted = torch.cat([self.root.expand(sentences, 1, width), x], dim=1)
        dependent = self.dropout(functional.relu(self.arc_dependent(x)))
        head = self.dropout(functional.relu(self.arc_head(rooted)))
        scores = _with_one(dependent) @ self.arc @ head.transpose(1, 2)
        beyond = functional.pad(heads < 0, (1, 0))
        scores = scores.masked_fill(beyond[:, None, :], -1e4)
        loss = loss + cross_entropy(scores.flatten(0, 1), heads.flatten(), reduction="sum")
        known = heads.flatten() >= 0
        dependent = _with_one(self.dropout(functional.relu(self.relation_dependent(x)))).flatten(0, 1)[known]
        head = _with_one(self.dropout(functional.relu(self.relation_head(rooted))))
        places = heads.clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1])
        head = head.gather(1, places).flatten(0, 1)[known]
        weighed = torch.einsum("nd,rdh->nrh", dependent, self.relation)
        logits = (weighed * head[:, None, :]).sum(-1)
        return loss + cross_entropy(logits, relations.flatten()[known], reduction="sum")


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones(*x.shape[:-1], 1)], dim=-1)


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
        self.grammar = Grammar(width, dropout)
        self.answers = nn.ModuleDict({name: nn.Linear(width, classes) for name, classes in SENTENCE_HEADS.items()})
        self.pair_inner = nn.Linear(3 * width, PAIR)
        self.pair_outer = nn.Linear(PAIR, 5)
        self.feeling_inner = nn.Linear(2 * width, FEELING)
        self.feeling_outer = nn.Linear(FEELING, 3)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector a word piece; `mask` is true where a piece is."""
        raise NotImplementedError

    def feign_quantization(self) -> None:
        """From now on, learn with the rounding that the exported encoder will do; a teacher is never exported."""

    def judge_targets(self, targets: Tensor, sentences: Tensor) -> Tensor:
        """Negative, neutral, positive logits from the mean vectors of the targets and of their sentences."""
        joined = self.dropout(torch.cat([targets, sentences], dim=-1))
        return self.polarity_outer(self.dropout(functional.gelu(self.polarity_inner(joined))))

    def judge_pairs(self, p: Tensor, q: Tensor, sentences: Tensor) -> Tensor:
        """Logits of the five relations of two names, from the mean vectors of both and of their sentence."""
        joined = self.dropout(torch.cat([p, q, sentences], dim=-1))
        return self.pair_outer(self.dropout(functional.relu(self.pair_inner(joined))))

    def judge_feelings(self, persons: Tensor, passages: Tensor) -> Tensor:
        """Negative, neutral, positive logits of the author's feeling toward a person in a passage."""
        joined = self.dropout(torch.cat([persons, passages], dim=-1))
        return self.feeling_outer(self.dropout(functional.relu(self.feeling_inner(joined))))


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
