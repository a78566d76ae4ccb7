"""Coding: what people, and Parallax beside them, say of an article by a codebook, and how far they agree."""
