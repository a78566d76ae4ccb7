"""Own categories: a classifier for what somebody codes themselves, learnt from their codes on the reader's vectors."""
