"""The document: an article read once, with exact offsets, for every analyzer to share."""

from .intake import read
from .parts import Document, Entity, Mention, Paragraph, Quotation, Reading, Sentence, Token
from .syntax import Syntax

__all__ = ["Document", "Entity", "Mention", "Paragraph", "Quotation", "Reading", "Sentence", "Syntax", "Token", "read"]
