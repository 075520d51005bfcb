"""Mask, translate, unmask, verify."""
