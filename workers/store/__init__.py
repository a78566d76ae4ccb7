"""The store: articles on their way, reports, and comparisons. The only code that knows Redis.

An article is one hash, `parallax:article:<id>`: status, then the article while it waits and the report once it is
done. What must change together changes in one Lua script (`scripts/`), so that nothing is ever half-made: a full
server refuses a script at its first command that takes room, so such a command comes first in each of them.
"""

from workers.store.articles import (
    ATTEMPTS,
    LEASE_SECONDS,
    Lane,
    Status,
    Submitted,
    arrive,
    article,
    attempts,
    begin,
    blame,
    claim,
    confirm_sent,
    delete,
    depart,
    fail,
    find_pending,
    find_request,
    find_unsent,
    hand_over,
    is_leased,
    lane,
    may_send_again,
    renew_lease,
    save,
    unlist,
)
from workers.store.batches import (
    Batch,
    BatchStatus,
    Form,
    LineError,
    Outcome,
    assign,
    batch,
    batch_errors,
    batch_rows,
    confirm_queued,
    end_batch,
    forget_batch,
    open_articles,
    recall,
    statuses,
    tally,
    unfinished_batches,
    waiting_article,
    waiting_lines,
)
from workers.store.callbacks import (
    Callback,
    ask_callback,
    callback,
    drop_callback,
    due_callbacks,
    look_again,
    note_attempt,
)
from workers.store.categories import (
    RoomCategory,
    keep_room_category,
    overdue_work,
    room_category,
    room_category_model,
)
from workers.store.comparisons import ask_comparison, claim_comparison, comparison, fail_comparison, save_comparison
from workers.store.connection import DAY, PREFIX, StoreUnavailable, pack, ping, unpack, url
from workers.store.daytime import move_along
from workers.store.dead_letters import drop_foreign, find_failures, put_aside, requeue
from workers.store.erasure import erase
from workers.store.feeds import (
    Feed,
    FeedStatus,
    Item,
    Look,
    add_feed,
    close_item,
    due_feeds,
    feed,
    feed_items,
    feeds,
    name_feed,
    open_items,
    remember,
    remove_feed,
    save_feed,
    take_item,
    unseen,
)
from workers.store.judgements import (
    MOST_JUDGEMENTS,
    UNDO_SECONDS,
    Judgement,
    Kept,
    find_judgements,
    find_taken_back,
    judge,
    restore,
    withdraw,
)
from workers.store.layers import (
    MOST_LAYERS,
    FoundArticle,
    OwnLayer,
    add_layer,
    drop_layer,
    layer_found,
    layer_work,
    move_layer,
    room_layer,
    room_layers,
)
from workers.store.leases import hold
from workers.store.listing import BadCursor, Summary, find_repeated, recent, titles
from workers.store.metrics import (
    announce_worker,
    count_bytes,
    dismiss_worker,
    figures,
    is_nearly_full,
    knows_worker,
    name_worker,
    workers,
)
from workers.store.outbound import Errand, ErrandKind, end_errand, give_back, send_out, take_errand
from workers.store.outlets import (
    MOST_OUTLETS,
    Outlet,
    count,
    feed_counts,
    outlet,
    outlet_counts,
    outlet_months,
    outlet_reports,
    outlets,
)
from workers.store.records import Record, State, find_record, lasting_report, report, state
from workers.store.room_records import Added, Drawn, Lot, RoomArticle, RoomPerson, Stratum
from workers.store.rooms import (
    MOST_ENTRIES,
    Room,
    Said,
    add_room_article,
    add_room_person,
    all_entries,
    change_room,
    digest,
    dismiss_person,
    drop_room_article,
    entries,
    find_by_code,
    forgive_try,
    look_in,
    make_room,
    may_try_code,
    remove_room,
    room,
    room_link,
    rooms_over,
    say,
)
from workers.store.search import Hit, count_unfiled, file, go_on_behind, next_unfiled, search
from workers.store.sessions import begin_session, end_session, find_session
from workers.store.stories import (
    Story,
    StoryCandidate,
    enlist,
    find_candidates,
    find_kin,
    find_kin_in,
    find_members,
    find_story,
    move,
    place,
    recent_stories,
    story,
)
from workers.store.timings import stages
from workers.store.uploads import Upload, add_lines, begin_slice, end_unpacking, last_line, note_columns, read_body
from workers.store.versions import ArticleVersion, Rewording, add_version, keep_rewording, versions
