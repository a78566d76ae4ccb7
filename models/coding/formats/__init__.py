"""A room's articles and codes in the formats of other tools. Offsets are code points here; each says what it counts."""
