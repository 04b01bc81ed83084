"""How answers read: every French sentence of the bot, its layout, its buttons."""
