"""What a page says: its wikitext at one revision, cut into sections, blocks and sentences with exact spans."""
