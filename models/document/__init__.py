"""The document: an article read once, with exact offsets, for every analyzer to share."""

from models.document.intake import read
from models.document.parts import (
    Document,
    Entity,
    Mention,
    Paragraph,
    Quotation,
    Reading,
    Sentence,
    Token,
)

__all__ = ["Document", "Entity", "Mention", "Paragraph", "Quotation", "Reading", "Sentence", "Token", "read"]
