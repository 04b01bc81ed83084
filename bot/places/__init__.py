"""Which commune of France somebody means, however it is typed."""
