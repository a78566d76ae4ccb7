# %% [markdown]
# # From a table of articles to a picture
#
# A walk for researchers: articles in a CSV, a report for each, the findings as one pandas table, and a plot of the
# loaded words that each outlet uses in its own voice, with intervals.
#
# Start the service (`make run`), install pandas and matplotlib, and run this file as a script
# (`python examples/walkthrough.py`) or cell by cell: VS Code, Spyder and Jupyter (with jupytext) know the `# %%` marks.
# `articles.csv` beside it holds four invented stories, each as three invented outlets tell it.

# %%
import io
import os
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # draws into a file; leave this line out in a notebook
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from parallax import Parallax  # the client beside this file

HERE = Path(__file__).parent
parallax = Parallax(os.environ.get("PARALLAX_URL", "http://127.0.0.1:8000"))

# %% [markdown]
# ## Articles in
#
# A row an article; `text` is the body without its headline. All are sent before the first report is asked for: the
# service reads several at a time. Sent again, an article is not read again.

# %%
articles = pd.read_csv(HERE / "articles.csv")
articles["report"] = [parallax.submit(**row.dropna().to_dict()) for _, row in articles.iterrows()]
reports = [parallax.wait(report) for report in articles["report"]]
articles["words"] = [report["article"]["words"] for report in reports]
print(articles[["id", "outlet", "words"]].to_string(index=False))

# %% [markdown]
# ## Findings out
#
# `findings.csv` has a row a finding. A cell that a spreadsheet would run as a formula begins with an apostrophe.
# (Parquet, if you want it: `findings.to_parquet("findings.parquet")`, with pyarrow installed.)

# %%
tables = [pd.read_csv(io.StringIO(parallax.export(report, "findings.csv"))) for report in articles["report"]]
findings = pd.concat(tables, ignore_index=True)
print(findings["kind"].value_counts().to_string())

# %% [markdown]
# ## Loaded words in the outlet's own voice
#
# Words that somebody else says in quotation marks are not the outlet's: `voice` tells them apart. How
# many, how many different ones, and of which kind?

# %%
loaded = findings[(findings["kind"] == "term") & (findings["voice"] == "outlet")]
counted = loaded.assign(word=loaded["text"].str.lower()).groupby("outlet")["word"]
print(counted.agg(["count", "nunique"]).to_string())
print(loaded.groupby(["outlet", "category"]).size().unstack(fill_value=0).to_string())

# %% [markdown]
# ## A rate, and how sure it is
#
# Loaded words per 1,000 words. The interval is a bootstrap over articles (10,000 draws): it says how far the rate would
# move with other articles of the same kind. Four articles an outlet, as here, are too few to say anything about an
# outlet; some dozens are a start. And it measures wording: whether the words are deserved, no count can say.

# %%
articles["loaded"] = articles["report"].map(loaded.groupby("report").size()).fillna(0)
chance = np.random.default_rng(2026)


def rate(group: pd.DataFrame) -> pd.Series:
    counts, words = group["loaded"].to_numpy(), group["words"].to_numpy()
    drawn = chance.integers(len(group), size=(10_000, len(group)))
    low, high = np.percentile(1000 * counts[drawn].sum(1) / words[drawn].sum(1), [2.5, 97.5])
    return pd.Series({"rate": 1000 * counts.sum() / words.sum(), "low": low, "high": high, "articles": len(group)})


rates = articles.groupby("outlet")[["loaded", "words"]].apply(rate).sort_values("rate")
print(rates.round(1).to_string())

# %%
figure, axes = plt.subplots(figsize=(7, 2.2), layout="constrained")
axes.errorbar(rates["rate"], rates.index, xerr=[rates["rate"] - rates["low"], rates["high"] - rates["rate"]], fmt="o")
axes.set_xlabel("loaded words in the outlet's own voice, per 1,000 words (95 % interval)")
axes.set_xlim(left=0)
axes.margins(y=0.3)
figure.savefig("loaded-words.png", dpi=150)

# %% [markdown]
# ## One story, three ways
#
# What do the three call the same people? `compare` sets reports side by side.

# %%
story = articles[articles["published"] == "2026-06-09"]
comparison = parallax.compare(*story["report"])
for person in comparison["entities"]:
    if person["kind"] == "person":
        called = [", ".join(label["text"] for label in entry["labels"]) or "-" for entry in person["by_article"]]
        print(f"{person['name']}: {dict(zip(story['outlet'], called, strict=True))}")
