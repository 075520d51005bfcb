"""Servers on this machine that speak the engines' true protocols, for the tests and for trying things by hand:

``python -m tests.engines.servers mint --port 8201`` (``--script 429:2,ok`` makes it misbehave).
"""
