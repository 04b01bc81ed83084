"""What curators use to keep the base alive: what is stale, missing, dead, changed."""
