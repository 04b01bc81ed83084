"""What storage refuses."""


class StorageError(Exception):
    """The base of what this room raises."""


class LimitReachedError(StorageError):
    """A chat asked for more than it may have of one thing: `limit` is how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"no more than {limit}")
        self.limit = limit


class LeaseTakenError(StorageError):
    """Another process sends from this database."""


class LeaseLostError(StorageError):
    """The lease was held, and is not any more."""


class BackupError(StorageError):
    """The file is no backup, or the place for one is taken."""
