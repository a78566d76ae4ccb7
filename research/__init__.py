"""How the models came about: corpora, training, evaluation. Nothing of it runs in service."""
