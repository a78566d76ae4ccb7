"""The training loop: batches in, averaged weights out, resumable after every round."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from research.corpora import Sample
from research.training.batches import Passage, read_round
from research.training.network import FURTHER, Heads
from research.training.recipe import TOKEN_HEADS, Recipe

Learner = TypeVar("Learner", bound=Heads)


def _mean_rows(x: Tensor, rows: Sequence[int], ranges: Sequence[tuple[int, int]]) -> Tensor:
    """The mean of each range, as one product: a slice's gradient would be as large as all of x."""
    shares = torch.zeros(len(rows), *x.shape[:2])
    for at, (row, (first, last)) in enumerate(zip(rows, ranges, strict=True)):
        shares[at, row, first:last] = 1 / (last - first)
    return shares.flatten(1) @ x.flatten(0, 1)


def pad(batch: Sequence[Passage]) -> tuple[Tensor, Tensor]:
    """The passages' word pieces (passages × longest), and where there is one."""
    shape = len(batch), max(len(p.ids) for p in batch)
    ids, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    for row, p in enumerate(batch):
        ids[row, : len(p.ids)] = torch.from_numpy(p.ids)
        mask[row, : len(p.ids)] = True
    return ids, mask


def measure_loss(network: Heads, batch: Sequence[Passage], recipe: Recipe) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of all heads' losses over one batch, and each by name."""
    ids, mask = pad(batch)
    labels = torch.zeros(*ids.shape, len(TOKEN_HEADS))
    weights = torch.zeros(*ids.shape, len(TOKEN_HEADS))
    scale = torch.tensor([recipe.token_weights[head] for head in TOKEN_HEADS])
    for row, p in enumerate(batch):
        n = len(p.ids)
        labels[row, :n] = torch.from_numpy(p.labels).float()
        weights[row, 1 : n - 1] = torch.from_numpy(p.known) * scale
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
        x = network.encode(ids, mask)
    x = x.float()
    token_logits = network.tokens(network.dropout(x))
    token_loss = binary_cross_entropy_with_logits(token_logits, labels, weights, reduction="sum")
    losses = {"tokens": token_loss / recipe.batch_tokens}

    judged = [(row, item) for row, p in enumerate(batch) for item in p.judged]
    if judged:
        means = network.dropout(_mean_rows(x, [r for r, _ in judged], [(j[0], j[1]) for _, j in judged]))
        bias = torch.tensor([j[2] for _, j in judged])
        losses["bias"] = recipe.bias_weight * (
            binary_cross_entropy_with_logits(network.bias(means)[:, 0], bias, reduction="sum") / recipe.batch_passages
        )
        opinion = torch.tensor([j[3] for _, j in judged])
        losses["opinion"] = recipe.opinion_weight * (
            cross_entropy(network.opinion(means), opinion, ignore_index=-1, reduction="sum") / recipe.batch_passages
        )
    targets = [(row, item) for row, p in enumerate(batch) for item in p.targets]
    if targets:
        rows = [r for r, _ in targets]
        logits = network.judge_targets(
            _mean_rows(x, rows, [(t[0], t[1]) for _, t in targets]),
            _mean_rows(x, rows, [(t[2], t[3]) for _, t in targets]),
        )
        polarities = torch.tensor([t[4] for _, t in targets], dtype=torch.float32)
        losses["polarity"] = recipe.polarity_weight * (
            cross_entropy(logits, polarities, reduction="sum") / recipe.batch_passages
        )
    losses |= _measure_further(network, x, batch, recipe)
    return sum(losses.values(), torch.zeros(())), {name: float(loss.detach()) for name, loss in losses.items()}


def _measure_further(network: Heads, x: Tensor, batch: Sequence[Passage], recipe: Recipe) -> dict[str, Tensor]:
    losses: dict[str, Tensor] = {}
    asked: dict[str, list[tuple[int, int, int, tuple[float, ...]]]] = {}
    for row, p in enumerate(batch):
        for head, first, last, values in p.answers:
            asked.setdefault(head, []).append((row, first, last, values))
    for head, told in asked.items():
        means = network.dropout(_mean_rows(x, [t[0] for t in told], [(t[1], t[2]) for t in told]))
        values = torch.tensor([t[3] for t in told])
        loss = measure_answers(network.answers[head](means), values, head)
        losses[head] = recipe.answer_weights[head] * loss / recipe.batch_passages
    pairs = [(row, pair) for row, p in enumerate(batch) for pair in p.pairs]
    if pairs:
        rows = [row for row, _ in pairs]
        means = [_mean_rows(x, rows, [(pair[at], pair[at + 1]) for _, pair in pairs]) for at in (0, 2, 4)]
        labels = torch.tensor([pair[6] for _, pair in pairs])
        loss = cross_entropy(network.judge_pairs(*means), labels, reduction="sum")
        losses["pairs"] = recipe.pair_weight * loss / recipe.batch_passages
    feelings = [(row, len(p.ids), f) for row, p in enumerate(batch) for f in p.feelings]
    if feelings:
        rows = [row for row, *_ in feelings]
        persons = _mean_rows(x, rows, [(f[0], f[1]) for *_, f in feelings])
        passages = _mean_rows(x, rows, [(1, length - 1) for _, length, _ in feelings])
        labels = torch.tensor([f[2] for *_, f in feelings])
        loss = cross_entropy(network.judge_feelings(persons, passages), labels, reduction="sum")
        losses["feelings"] = recipe.feeling_weight * loss / recipe.batch_passages
    trees = [(row, torch.from_numpy(tree)) for row, p in enumerate(batch) for tree in p.trees]
    if trees:
        longest = max(len(tree) for _, tree in trees)
        gold = torch.full((len(trees), longest, 4), -100)
        places = torch.zeros(len(trees), longest, dtype=torch.long)
        for at, (row, tree) in enumerate(trees):
            gold[at, : len(tree)] = tree[:, 1:]
            places[at, : len(tree)] = row * x.shape[1] + tree[:, 0]
        words = x.flatten(0, 1)[places.flatten()].view(len(trees), longest, -1)
        losses["grammar"] = recipe.grammar_weight * network.grammar.measure_loss(words, gold) / recipe.batch_tokens
    return losses


def measure_answers(logits: Tensor, values: Tensor, head: str) -> Tensor:
    """Summed loss of a sentence head: cross-entropy over its classes, or yes and no for each where NaN is unknown."""
    if logits.shape[1] > 1 and head != "frame":
        return cross_entropy(logits, values, reduction="sum")
    known = ~values.isnan()
    return binary_cross_entropy_with_logits(logits[known], values[known], reduction="sum")


def _save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def learn(
    samples: Sequence[Sample],
    start: Callable[[], Learner],
    tokenizer: Path,
    folder: Path,
    recipe: Recipe,
    lessons: Sequence[Passage] = (),
) -> Learner:
    """Train what `start` gives, or go on from the last checkpoint in `folder`; gives the averaged network.

    Every process sees every batch and takes each n-th passage of it: losses are sums over fixed numbers,
    so that the processes' gradients add up to the batch's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    meeting = folder / "meeting"
    meeting.unlink(missing_ok=True)
    task = (samples, lessons, start, tokenizer, folder, recipe, meeting)
    torch.multiprocessing.spawn(_learn_share, task, nprocs=recipe.processes)
    average = start()
    average.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["average"])
    average.eval()
    return average


def load_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that gives a text as it is, whatever its length."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _learn_share(
    rank: int,
    samples: Sequence[Sample],
    lessons: Sequence[Passage],
    start: Callable[[], Heads],
    tokenizer_path: Path,
    folder: Path,
    recipe: Recipe,
    meeting: Path,
) -> None:
    distributed.init_process_group(
        "gloo", init_method=meeting.absolute().as_uri(), rank=rank, world_size=recipe.processes
    )
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    tokenizer = load_tokenizer(tokenizer_path)
    torch.manual_seed(recipe.seed)
    network, average = start(), start()
    average.load_state_dict(network.state_dict())
    trained = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    heads = ("tokens", "bias", "opinion", "polarity", *FURTHER)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for n, p in trained if not n.startswith(heads)], "rate": recipe.encoder_rate},
            {"params": [p for n, p in trained if n.startswith(heads)], "rate": recipe.head_rate},
        ],
        lr=recipe.encoder_rate,
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    rounds_done = step = 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        rounds_done, step = state["rounds"], state["step"]
    averaged = dict(average.named_parameters())
    network.train()
    started = time.monotonic()
    for number in range(rounds_done, recipe.rounds):
        batches = read_round(samples, lessons, number, tokenizer, recipe)
        torch.manual_seed(recipe.seed + number * recipe.processes + rank)
        if number >= recipe.rounds - recipe.quantized_rounds:
            network.feign_quantization()
        sums: dict[str, float] = {}
        for place, batch in enumerate(batches):
            done = (number + place / len(batches)) / recipe.rounds
            rate = min(1.0, done / recipe.warm_up, (1 - done) / (1 - recipe.warm_up))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * max(rate, 0.005)
            mine = batch[rank :: recipe.processes]
            loss, named = measure_loss(network, mine, recipe) if mine else (None, {})
            if loss is not None:
                loss.backward()
            if recipe.processes > 1:
                _add_gradients([p for _, p in trained])
            torch.nn.utils.clip_grad_norm_([p for _, p in trained], recipe.gradient_norm)
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
            step += 1
            decay = min(recipe.averaging, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_([averaged[n].data for n, _ in trained], [p.data for _, p in trained], 1 - decay)
            for name, value in named.items():
                sums[name] = sums.get(name, 0.0) + value
            if rank == 0 and (place % 50 == 49 or place == len(batches) - 1):
                line = {k: round(v / (place + 1), 4) for k, v in sums.items()}
                seconds = round(time.monotonic() - started)
                print(
                    json.dumps({"round": number, "of": len(batches), "at": place + 1, "s": seconds} | line), flush=True
                )
        state = {
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
            "rounds": number + 1,
            "step": step,
        }
        if rank == 0:
            _save(checkpoint, state)
    distributed.destroy_process_group()


def _add_gradients(parameters: Sequence[torch.nn.Parameter]) -> None:
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    flat = torch.cat([p.grad.view(-1) for p in parameters])
    distributed.all_reduce(flat)
    at = 0
    for p in parameters:
        p.grad.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()
