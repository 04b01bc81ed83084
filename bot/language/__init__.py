"""French as people type it: folding, dates, numbers. Imports nothing of ours."""
