"""TextBlob's tagger and sentiment lexicon (De Smedt & Daelemans 2012, "Pattern for Python"), without its package.

`import textblob` loads nltk, and with that scikit-learn and scipy.stats: seconds at every start, for nothing that is
used here. Its English module needs none of it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType


def _load() -> ModuleType:
    if "textblob" in sys.modules:
        return import_module("textblob.en")
    spec = find_spec("textblob")
    if spec is None:
        raise ModuleNotFoundError("No module named 'textblob'", name="textblob")
    sys.modules["textblob"] = module_from_spec(spec)  # says where its modules stand; its own code does not run
    try:
        return import_module("textblob.en")
    finally:
        del sys.modules["textblob"]  # whoever wants all of it gets all of it


_english = _load()
parser = _english.parser
sentiment = _english.sentiment
