"""Evaluation: what whole reports are worth, measured on the parts of the corpora that nothing was trained on."""
