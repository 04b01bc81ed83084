"""What the bot replies, before any wording: what is asked, and the facts that answer it."""
