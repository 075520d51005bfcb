"""Three real wikis (en, ru, tg) on loopback, loaded with the sample.

MediaWiki from Debian with SQLite and PHP's own server; a fourth one, commons, holds the files that the three share.
"""
