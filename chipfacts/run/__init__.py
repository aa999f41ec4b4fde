"""Many documents: walk (paths to inputs), sources (what the user knows about them), local (inputs to a sheet), select (rows of a sheet)."""
