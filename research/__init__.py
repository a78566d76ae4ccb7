"""How the models came about: the coded corpus, training and evaluation. Nothing of it runs in the service."""
