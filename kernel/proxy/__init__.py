"""What stands between Jupyter and `deno jupyter`: output that stays with its cell, Stop that stops, errors one can read."""
