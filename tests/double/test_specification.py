import json
from typing import Any

import pytest

from tests.double.rules import (
    CARRIED,
    Rules,
    carried_rules,
    rules_in_force,
    rules_of_specification,
    specification_file,
)
from tests.double.specification import Upload, check_call

needs_specification = pytest.mark.skipif(
    specification_file() is None, reason="the Bot API specification is not at hand"
)


@pytest.fixture(params=["carried", "in force"])
def rules(request: pytest.FixtureRequest) -> Rules:
    return carried_rules() if request.param == "carried" else rules_in_force()


def problems(rules: Rules, method: str, **given: Any) -> list[str]:
    return [problem.sentence for problem in check_call(rules, method, given, {}).problems]


def descriptions(rules: Rules, method: str, **given: Any) -> list[str]:
    return [problem.description for problem in check_call(rules, method, given, {}).problems]


def message(**given: Any) -> dict[str, Any]:
    return {"chat_id": 1, "text": "bonjour", **given}


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Chiffres", **button}]]}


@needs_specification
def test_the_carried_rules_are_those_of_the_specification() -> None:
    path = specification_file()
    assert path is not None
    carried = carried_rules()
    assert rules_of_specification(path).only(list(carried.methods)).table() == carried.table(), (
        "write them anew: python -c 'from tests.double.rules import carry_rules; carry_rules()'"
    )


def test_the_carried_rules_read_as_they_were_written() -> None:
    assert carried_rules().table() == json.loads(CARRIED.read_text(encoding="utf-8"))


def test_a_right_call_passes_as_json_and_as_a_form(rules: Rules) -> None:
    markup = keyboard(callback_data="v:roubaix")
    assert problems(rules, "sendMessage", **message(reply_markup=markup)) == []
    checked = check_call(
        rules,
        "sendMessage",
        {
            "chat_id": "-100",
            "text": "12",
            "disable_notification": "True",
            "reply_markup": json.dumps(markup),
        },
        {},
    )
    assert checked.problems == ()
    assert checked.values == {
        "chat_id": -100,
        "text": "12",
        "disable_notification": True,
        "reply_markup": markup,
    }


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "x"}, "sendMessage.chat_id is required"),
        (message(parse_mod="HTML"), "sendMessage has no field parse_mod"),
        (message(chat_id=1.5), "sendMessage.chat_id must be of type Integer, not 1.5"),
        (
            message(disable_notification="peut-être"),
            "sendMessage.disable_notification must be of type Boolean, not 'peut-être'",
        ),
        (
            message(link_preview_options={"is_disabled": 1}),
            "sendMessage.link_preview_options.is_disabled must be of type Boolean, not 1",
        ),
        (
            message(entities=[{"type": "bold", "offset": 0}]),
            "sendMessage.entities[0].length is required",
        ),
        (
            message(reply_markup=keyboard(callback_data="é" * 33)),
            "sendMessage.reply_markup.inline_keyboard[0][0].callback_data "
            "must be 1-64 bytes, not 66",
        ),
        (
            message(reply_markup=keyboard(callback_data="")),
            "sendMessage.reply_markup.inline_keyboard[0][0].callback_data "
            "must be 1-64 bytes, not 0",
        ),
        (
            message(reply_markup=keyboard(callback_data="x", url="https://exemple.fr")),
            "sendMessage.reply_markup.inline_keyboard[0][0] must have exactly one action, "
            "not ['callback_data', 'text', 'url']",
        ),
        (
            message(reply_markup=keyboard()),
            "sendMessage.reply_markup.inline_keyboard[0][0] must have exactly one action, "
            "not ['text']",
        ),
        (
            message(reply_markup=keyboard(url="http://localhost")),
            "sendMessage.reply_markup.inline_keyboard[0][0]: inline keyboard button URL "
            "'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (message(text="a" * 4097), "sendMessage.text has 4097 characters of 4096"),
        (message(text="😀" * 2049), "sendMessage.text has 4098 characters of 4096"),
        (message(text="<b> </b>", parse_mode="HTML"), "sendMessage.text is empty"),
        (
            message(text="a<br>", parse_mode="HTML"),
            "sendMessage.text: Unsupported start tag \"br\" at byte offset 1 ('a<br>')",
        ),
        (
            message(parse_mode="MarkdownV2"),
            "sendMessage.text: the double parses HTML only, not 'MarkdownV2'",
        ),
        (
            message(text="<b>a</b> " * 101, parse_mode="HTML"),
            "sendMessage.text has 101 entities, 100 are shown",
        ),
    ],
)
def test_a_wrong_message_is_named(rules: Rules, given: dict[str, Any], sentence: str) -> None:
    assert problems(rules, "sendMessage", **given) == [sentence]


def test_the_length_counts_after_the_markup(rules: Rules) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert problems(rules, "sendMessage", **message(text=text, parse_mode="HTML")) == []


@pytest.mark.parametrize(
    ("method", "given", "description"),
    [
        ("sendMessage", message(text=""), "message text is empty"),
        ("sendMessage", message(text="a" * 5000), "message is too long"),
        (
            "sendMessage",
            message(reply_markup=keyboard(callback_data="x" * 65)),
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            message(text="<b>", parse_mode="HTML"),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "Ville", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
            "BOT_COMMANDS_TOO_MUCH",
        ),
    ],
)
def test_the_answer_is_telegrams(
    rules: Rules, method: str, given: dict[str, Any], description: str
) -> None:
    assert descriptions(rules, method, **given) == [f"Bad Request: {description}"]


@pytest.mark.parametrize(
    ("method", "given", "sentence"),
    [
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "text": "x" * 201},
            "answerCallbackQuery.text must be 0-200 characters, not 201",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "aide", "description": ""}]},
            "setMyCommands.commands[0].description must be 1-256 characters, not 0",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            "setMyCommands.scope.chat_id is required",
        ),
        (
            "sendChatAction",
            {"chat_id": 1, "action": "thinking"},
            "sendChatAction.action must match",
        ),
        ("getUpdates", {"limit": 101}, "getUpdates.limit must be 1-100, not 101"),
        (
            "setWebhook",
            {"url": "https://exemple.fr", "secret_token": "é"},
            "setWebhook.secret_token must match [A-Za-z0-9_-]{1,256}, not 'é'",
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [], "next_offset": "x" * 65},
            "answerInlineQuery.next_offset must be 0-64 bytes, not 65",
        ),
        (
            "answerInlineQuery",
            {
                "inline_query_id": "1",
                "results": [
                    {
                        "type": "article",
                        "id": "x" * 65,
                        "title": "Roubaix",
                        "input_message_content": {"message_text": "Roubaix"},
                    }
                ],
            },
            "answerInlineQuery.results[0].id must be 1-64 bytes, not 65",
        ),
    ],
)
def test_other_methods_are_held_to_their_limits(
    rules: Rules, method: str, given: dict[str, Any], sentence: str
) -> None:
    found = problems(rules, method, **given)
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_files_are_uploads_or_references_and_each_has_its_place(rules: Rules) -> None:
    file = Upload("agenda.ics", "text/calendar", b"BEGIN:VCALENDAR")

    def found(given: dict[str, Any], files: dict[str, Upload]) -> list[str]:
        checked = check_call(rules, "sendDocument", {"chat_id": 1, **given}, files)
        return [problem.sentence for problem in checked.problems]

    assert found({}, {"document": file}) == []
    assert found({"document": "attach://agenda"}, {"agenda": file}) == []
    assert found({"document": "AgADBAAD"}, {}) == []
    assert found({"document": "x"}, {"agenda": file}) == [
        "the file part agenda belongs to no field"
    ]
    assert found({"document": "attach://autre"}, {}) != []
    assert found({}, {}) == ["sendDocument.document is required"]
    caption = {"caption": "x" * 1025, "document": "AgADBAAD"}
    assert found(caption, {}) == ["sendDocument.caption has 1025 characters of 1024"]


@needs_specification
def test_media_are_told_apart_by_their_type() -> None:
    rules = rules_in_force()
    photo = {"type": "photo", "media": "AgADBAAD"}
    assert problems(rules, "sendMediaGroup", chat_id=1, media=[photo, photo]) == []
    wrong = {"type": "photo", "media": "AgADBAAD", "duration": 3}
    assert problems(rules, "sendMediaGroup", chat_id=1, media=[photo, wrong]) == [
        "sendMediaGroup.media[1] has no field duration"
    ]
