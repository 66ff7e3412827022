"""Annotated text to kg/model: corpora, network, training, export.  Imported by nothing in kg."""
