"""The coded corpus: who drew it, what coders marked, how far they agree, and how the tool stands beside them."""
