"""How characters are seen: read (bytes to text), fold (the view that is matched), split (sentences and clauses)."""
