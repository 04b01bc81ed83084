"""Sousveille: tells people, in French and with sources, how their town watches them."""
