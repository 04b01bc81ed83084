"""What the bot must remember, in SQLite or PostgreSQL."""
