"""From files to a definition: guarded XML, our words, the parser."""
