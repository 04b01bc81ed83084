from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import REPOSITORY, Settings, SettingsError, read_settings

WEBHOOK = {
    "WEBHOOK_URL": "https://bot.example/telegram",
    "WEBHOOK_LISTEN": "127.0.0.1:8080",
    "WEBHOOK_SECRET": "mot-de_passe",
}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_variable_the_defaults_hold() -> None:
    assert read_settings({}) == Settings()
    assert Settings().telegram_token is None
    assert Settings().telegram_api_url == "https://api.telegram.org"
    assert Settings().log_level == "INFO"
    assert (Settings().knowledge_dir / "vocabulary.yaml").is_file()


def test_the_variables_of_the_process_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "42:abc")
    assert read_settings().telegram_token == "42:abc"


def test_each_variable_has_its_meaning(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "TELEGRAM_TOKEN": "42:abc",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "KNOWLEDGE_DIR": str(tmp_path),
            "LOG_LEVEL": "debug",
            **WEBHOOK,
        }
    )
    assert settings.telegram_token == "42:abc"
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.knowledge_dir == tmp_path
    assert settings.log_level == "DEBUG"
    assert settings.webhook_url == "https://bot.example/telegram"
    assert settings.webhook_listen == ("127.0.0.1", 8080)
    assert settings.webhook_secret == "mot-de_passe"


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "TELEGRAM_API_URL", "KNOWLEDGE_DIR", *WEBHOOK])
def test_a_variable_that_is_empty_is_as_good_as_absent(name: str) -> None:
    assert read_settings({name: ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "bavard"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("KNOWLEDGE_DIR", "nulle-part"),
        ("WEBHOOK_URL", "http://bot.example"),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_LISTEN", ":8080"),
        ("WEBHOOK_LISTEN", "127.0.0.1:65536"),
        ("WEBHOOK_LISTEN", "127.0.0.1:http"),
        ("WEBHOOK_SECRET", "mot de passe"),
        ("WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_a_bad_value_gives_a_french_sentence_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings({name: value})
    assert str(raised.value).startswith(f"{name} ")
    assert any(word in str(raised.value) for word in ("doit", "attendu", "n'est pas"))


@pytest.mark.parametrize("name", ["WEBHOOK_LISTEN", "WEBHOOK_SECRET"])
def test_a_webhook_address_asks_for_what_goes_with_it(name: str) -> None:
    with pytest.raises(SettingsError, match=f"Il manque {name}"):
        read_settings({**WEBHOOK, name: ""})


def test_the_webhook_may_listen_on_an_ipv6_address() -> None:
    settings = read_settings({**WEBHOOK, "WEBHOOK_LISTEN": "[::1]:8080"})
    assert settings.webhook_listen == ("::1", 8080)


def test_a_dotenv_file_fills_what_is_not_set(tmp_path: Path) -> None:
    Path(".env").write_text(
        '# le bot\n\nTELEGRAM_TOKEN="42:abc"\nexport LOG_LEVEL = warning\n'
        "#LOG_LEVEL=ERROR\nbruit\n",
        encoding="utf-8",
    )
    settings = read_settings({"TELEGRAM_API_URL": "http://127.0.0.1:1"})
    assert settings.telegram_token == "42:abc"
    assert settings.log_level == "WARNING"
    assert settings.telegram_api_url == "http://127.0.0.1:1"


def test_the_process_says_more_than_the_dotenv_file() -> None:
    Path(".env").write_text("LOG_LEVEL=ERROR\n", encoding="utf-8")
    assert read_settings({"LOG_LEVEL": "DEBUG"}).log_level == "DEBUG"


def test_the_token_and_the_secret_are_not_shown_with_the_settings() -> None:
    shown = repr(read_settings({"TELEGRAM_TOKEN": "42:abc", **WEBHOOK}))
    assert "42:abc" not in shown
    assert WEBHOOK["WEBHOOK_SECRET"] not in shown


def test_every_variable_is_documented_in_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [f.name.upper() for f in fields(Settings) if f"`{f.name.upper()}`" not in readme] == []
