"""The store: articles on their way, reports, and comparisons. The only code that knows Redis.

An article is one hash, `parallax:article:<id>`: status, then the article while it waits and the report once it is
done. What must change together changes in one Lua script (`scripts/`), so that nothing is ever half-made.
"""

from workers.store.articles import (
    ATTEMPTS,
    LEASE_SECONDS,
    Lane,
    State,
    Status,
    Submitted,
    article,
    attempts,
    begin,
    claim,
    confirm_sent,
    delete,
    fail,
    find_pending,
    find_unsent,
    is_leased,
    lane,
    release_lease,
    renew_lease,
    report,
    save,
    state,
)
from workers.store.comparisons import claim_comparison, comparison, fail_comparison, save_comparison
from workers.store.connection import PREFIX, StoreUnavailable, ping, url
from workers.store.judgements import Judgement, find_judgements, judge, withdraw
from workers.store.roster import Figures, announce_worker, dismiss_worker, figures, knows_worker, workers
from workers.store.sessions import session_secret
from workers.store.shelf import Page, Summary, recent

__all__ = [
    "ATTEMPTS",
    "LEASE_SECONDS",
    "PREFIX",
    "Figures",
    "Judgement",
    "Lane",
    "Page",
    "State",
    "Status",
    "StoreUnavailable",
    "Submitted",
    "Summary",
    "announce_worker",
    "article",
    "attempts",
    "begin",
    "claim",
    "claim_comparison",
    "comparison",
    "confirm_sent",
    "delete",
    "dismiss_worker",
    "fail",
    "fail_comparison",
    "figures",
    "find_judgements",
    "find_pending",
    "find_unsent",
    "is_leased",
    "judge",
    "knows_worker",
    "lane",
    "ping",
    "recent",
    "release_lease",
    "renew_lease",
    "report",
    "save",
    "save_comparison",
    "session_secret",
    "state",
    "url",
    "withdraw",
    "workers",
]
