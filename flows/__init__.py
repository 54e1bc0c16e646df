"""Puts the rooms in a row: the pipeline, the command, the Prefect flow. Holds no domain logic."""
