"""Corpora beyond one machine: a folder of Parquet or JSON Lines, read in parts by the workers of a Dask cluster."""
