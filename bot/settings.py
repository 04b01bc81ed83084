"""The environment as one frozen value. Nothing else reads it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


class SettingsError(Exception):
    """A variable has a value that cannot be used; the message is a French sentence."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Each field is the variable of the same name in capitals, as the README documents it."""

    telegram_token: str | None = field(default=None, repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = field(default="sqlite:///sousveille.db", repr=False)
    knowledge_dir: Path = REPOSITORY / "knowledge"
    operator_chat_id: int | None = None
    log_level: str = "INFO"
    webhook_url: str | None = None
    """With it, the two others are there too."""
    webhook_listen: tuple[str, int] | None = None
    webhook_secret: str | None = field(default=None, repr=False)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process, a `.env` file in the current folder filling what is not set.

    Raises SettingsError when a value cannot be used.
    """
    given = {**_dotenv(Path(".env")), **(os.environ if environment is None else environment)}
    settings = Settings()
    level = given.get("LOG_LEVEL", settings.log_level).upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingsError(f"LOG_LEVEL vaut « {level} » : attendu DEBUG, INFO, WARNING ou ERROR.")
    api_url = given.get("TELEGRAM_API_URL") or settings.telegram_api_url
    if not api_url.startswith(("http://", "https://")):
        raise SettingsError("TELEGRAM_API_URL doit commencer par http:// ou https://.")
    folder = Path(given.get("KNOWLEDGE_DIR") or settings.knowledge_dir)
    if not folder.is_dir():
        raise SettingsError(f"KNOWLEDGE_DIR n'est pas un dossier : {folder}")
    database_url = given.get("DATABASE_URL") or settings.database_url
    if not database_url.startswith(("sqlite:///", "postgresql://")):
        raise SettingsError("DATABASE_URL doit commencer par sqlite:/// ou postgresql://.")
    operator = given.get("OPERATOR_CHAT_ID") or ""
    if operator and not operator.removeprefix("-").isdecimal():
        raise SettingsError(f"OPERATOR_CHAT_ID doit être un nombre, pas « {operator} ».")
    webhook_url, listen, secret = (
        given.get(name) or None for name in ("WEBHOOK_URL", "WEBHOOK_LISTEN", "WEBHOOK_SECRET")
    )
    _check_webhook(webhook_url, listen, secret)
    return Settings(
        telegram_token=given.get("TELEGRAM_TOKEN") or None,
        telegram_api_url=api_url.rstrip("/"),
        database_url=database_url,
        knowledge_dir=folder,
        operator_chat_id=int(operator) if operator else None,
        log_level=level,
        webhook_url=webhook_url,
        webhook_listen=_host_and_port(listen) if listen else None,
        webhook_secret=secret,
    )


def _check_webhook(url: str | None, listen: str | None, secret: str | None) -> None:
    """Raises SettingsError. The form of the secret is Telegram's own rule."""
    if url is not None and not url.startswith("https://"):
        raise SettingsError("WEBHOOK_URL doit commencer par https://.")
    if url is not None and listen is None:
        raise SettingsError(
            "Il manque WEBHOOK_LISTEN, l'adresse où écouter ce qui arrive à WEBHOOK_URL : par "
            "exemple 127.0.0.1:8080."
        )
    if url is not None and secret is None:
        raise SettingsError(
            "Il manque WEBHOOK_SECRET, que Telegram joint à tout ce qu'il envoie à WEBHOOK_URL : "
            "de 1 à 256 lettres sans accent, chiffres, « _ » ou « - »."
        )
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise SettingsError(
            "WEBHOOK_SECRET doit tenir en 1 à 256 lettres sans accent, chiffres, « _ » ou « - »."
        )


def _host_and_port(listen: str) -> tuple[str, int]:
    """`127.0.0.1:8080`, `[::1]:8080`. Raises SettingsError."""
    host, _, port = listen.rpartition(":")
    if not host or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65_536:
        raise SettingsError(
            f"WEBHOOK_LISTEN doit être de la forme 127.0.0.1:8080, pas « {listen} »."
        )
    return host.removeprefix("[").removesuffix("]"), int(port)


def _dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; blank lines, `#` comments and quotes around values are dropped."""
    if not path.is_file():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name.removeprefix("export ").strip()] = value.strip().strip("\"'")
    return found
