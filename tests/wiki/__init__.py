"""Tests of the wiki client."""
