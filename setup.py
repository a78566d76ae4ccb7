"""The folder `models`, installed as the package `parallax`; the rest stands in pyproject.toml."""

from setuptools import find_packages, setup

setup(
    packages=["parallax", *(f"parallax.{name}" for name in find_packages("models"))],
    package_dir={"parallax": "models"},
)
