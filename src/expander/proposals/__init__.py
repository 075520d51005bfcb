"""What the missing passages would be in wikitext that English Wikipedia accepts."""
