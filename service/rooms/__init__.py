"""Rooms: named places with articles, people and a codebook. Pages and JSON; docs/rooms.md says how they are kept."""

from service.rooms.api import room_api
from service.rooms.categories import room_categories
from service.rooms.coding import room_coding
from service.rooms.desk import room_desk
from service.rooms.doors import room_doors
from service.rooms.exchange import room_exchange
from service.rooms.layers import room_layers
from service.rooms.owner import room_owner
from service.rooms.results import room_results
from service.rooms.reveal import room_reveal
from service.rooms.revisions import room_revisions

BLUEPRINTS = (
    room_doors,
    room_owner,
    room_coding,
    room_results,
    room_reveal,
    room_categories,
    room_layers,
    room_exchange,
    room_desk,
    room_revisions,
    room_api,
)

__all__ = ["BLUEPRINTS"]
