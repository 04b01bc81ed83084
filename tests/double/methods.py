"""What each method of the Bot API does to the state, and what it returns.

Called once a call has passed the rules: the fields have their types.
"""

import json
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.double.markup import MOST_ENTITIES, Entity, Parsed, parse_html
from tests.double.specification import Upload
from tests.double.state import Chat, Json, Message, RefusedError, State

Method = Callable[[State, Json], object]

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
MOST_PHOTO_BYTES = 10 * 1024 * 1024


def get_me(state: State, _params: Json) -> object:
    return state.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": state.bot_reads_everything,
        "supports_inline_queries": True,
    }


def send_message(state: State, params: Json) -> object:
    return _sent(state, params, "text", {})


def send_document(state: State, params: Json) -> object:
    file = params["document"]
    document = {**_stored(state, file), "file_name": getattr(file, "name", "document")}
    return _sent(state, params, "caption", {"document": document}, file)


def send_photo(state: State, params: Json) -> object:
    file = params["photo"]
    width, height = 800, 600
    if isinstance(file, Upload):
        if len(file.content) > MOST_PHOTO_BYTES:
            raise RefusedError(400, "Bad Request: too big for a photo")
        if file.content.startswith(b"\x89PNG"):
            width, height = struct.unpack(">II", file.content[16:24])
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise RefusedError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    photo = [{**_stored(state, file), "width": width, "height": height}]
    return _sent(state, params, "caption", {"photo": photo}, file)


def edit_message_text(state: State, params: Json) -> object:
    message = _to_edit(state, params)
    if message.file is not None:
        raise RefusedError(400, "Bad Request: there is no text in the message to edit")
    parsed = _formatted(params, "text")
    if not parsed.text:
        raise RefusedError(400, "Bad Request: message text is empty")
    return _edited(message, params, parsed)


def edit_message_caption(state: State, params: Json) -> object:
    return _edited(_to_edit(state, params), params, _formatted(params, "caption"))


def edit_message_reply_markup(state: State, params: Json) -> object:
    message = _to_edit(state, params)
    return _edited(message, params, Parsed(message.text, message.entities))


def delete_message(state: State, params: Json) -> object:
    chat = state.reachable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None or message.deleted:
        raise RefusedError(400, "Bad Request: message to delete not found")
    mine = message.sender == state.bot or chat.type == "private"
    if not mine and chat.bot_status != "administrator":
        raise RefusedError(400, "Bad Request: message can't be deleted")
    message.deleted = True
    return True


def answer_callback_query(state: State, params: Json) -> object:
    press = state.presses.get(params["callback_query_id"])
    if press is None or press.expired or press.is_answered:
        raise RefusedError(400, TOO_OLD)
    press.answer = params
    return True


def answer_inline_query(state: State, params: Json) -> object:
    question = state.inline_questions.get(params["inline_query_id"])
    if question is None or question.answer is not None:
        raise RefusedError(400, TOO_OLD)
    question.answer = params
    return True


def set_my_commands(state: State, params: Json) -> object:
    state.commands[_command_list(state, params)] = params["commands"]
    return True


def get_my_commands(state: State, params: Json) -> object:
    return state.commands.get(_command_list(state, params), [])


def delete_my_commands(state: State, params: Json) -> object:
    state.commands.pop(_command_list(state, params), None)
    return True


def _describing(field: str) -> tuple[Method, Method]:
    def write(state: State, params: Json) -> object:
        state.descriptions[field, params.get("language_code", "")] = params.get(field, "")
        return True

    def read(state: State, params: Json) -> object:
        return {field: state.descriptions.get((field, params.get("language_code", "")), "")}

    return write, read


def send_chat_action(state: State, params: Json) -> object:
    state.reachable(params["chat_id"])
    return True


def get_chat(state: State, params: Json) -> object:
    chat = state.reachable(params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
    extra = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return chat.as_json() | extra


def get_chat_member(state: State, params: Json) -> object:
    return state.member(state.reachable(params["chat_id"]), params["user_id"])


def get_chat_administrators(state: State, params: Json) -> object:
    chat = state.reachable(params["chat_id"])
    if chat.type == "private":
        raise RefusedError(400, "Bad Request: there are no administrators in the private chat")
    members = [state.member(chat, user_id) for user_id in (*chat.statuses, state.bot.id)]
    return [one for one in members if one["status"] in {"creator", "administrator"}]


def leave_chat(state: State, params: Json) -> object:
    chat = state.reachable(params["chat_id"])
    if chat.type == "private":
        raise RefusedError(400, "Bad Request: chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def get_file(state: State, params: Json) -> object:
    file = state.files.get(params["file_id"])
    if file is None:
        raise RefusedError(400, "Bad Request: invalid file_id")
    return _described(params["file_id"], file) | {"file_path": f"documents/{params['file_id']}"}


def set_webhook(state: State, params: Json) -> object:
    state.webhook = params if params["url"] else {}
    if "allowed_updates" in params:
        state.updates.allowed = frozenset(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        state.updates.waiting.clear()
    return True


def delete_webhook(state: State, params: Json) -> object:
    return set_webhook(state, params | {"url": ""})


def get_webhook_info(state: State, _params: Json) -> object:
    return {
        "url": state.webhook.get("url", ""),
        "has_custom_certificate": "certificate" in state.webhook,
        "pending_update_count": len(state.updates.waiting),
    }


def _sent(
    state: State, params: Json, field: str, extra: Json, file: Upload | str | None = None
) -> Json:
    chat = state.reachable(params["chat_id"])
    parsed = _formatted(params, field)
    message = Message(
        chat=chat,
        message_id=0,
        sender=None if chat.type == "channel" else state.bot,
        text=parsed.text,
        entities=parsed.entities,
        html=params.get(field, ""),
        reply_markup=params.get("reply_markup"),
        reply_to=_replied_to(chat, params.get("reply_parameters")),
        file=file if isinstance(file, Upload) else None,
        extra=extra,
        params=params,
    )
    message.message_id = chat.next_message_id()
    chat.sent.append(chat.add(message))
    state.sent.append(message)
    return message.as_json()


def _replied_to(chat: Chat, reply: Mapping[str, Any] | None) -> Message | None:
    if reply is None:
        return None
    found = chat.messages.get(reply["message_id"])
    if found is not None and not found.deleted:
        return found
    if reply.get("allow_sending_without_reply"):
        return None
    raise RefusedError(400, "Bad Request: message to be replied not found")


def _formatted(params: Json, field: str) -> Parsed:
    written = params.get(field, "")
    if params.get("parse_mode"):
        parsed = parse_html(written)
        return Parsed(parsed.text, parsed.entities[:MOST_ENTITIES])
    key = "caption_entities" if field == "caption" else "entities"
    entities = [
        Entity(raw["type"], raw["offset"], raw["length"], raw.get("url", ""))
        for raw in params.get(key, [])
    ]
    return Parsed(written.strip(), tuple(entities))


def _to_edit(state: State, params: Json) -> Message:
    if "chat_id" not in params or "message_id" not in params:
        raise RefusedError(400, "Bad Request: message identifier is not specified")
    message = state.reachable(params["chat_id"]).messages.get(params["message_id"])
    if message is None or message.deleted:
        raise RefusedError(400, "Bad Request: message to edit not found")
    if message.sender not in (None, state.bot):
        raise RefusedError(400, "Bad Request: message can't be edited")
    return message


def _edited(message: Message, params: Json, parsed: Parsed) -> Json:
    markup = params.get("reply_markup")
    same_text = (message.text, message.entities) == (parsed.text, parsed.entities)
    if same_text and _keyboard(message.reply_markup) == _keyboard(markup):
        raise RefusedError(400, NOT_MODIFIED)
    message.edits.append(message.text)
    message.text, message.entities = parsed.text, parsed.entities
    message.html = str(params.get("text", params.get("caption", message.html)))
    message.reply_markup = markup
    message.edit_date = int(time.time())
    message.params = params
    message.chat.edited.append(message)
    return message.as_json()


def _keyboard(markup: Json | None) -> list[Any]:
    """An empty keyboard and no keyboard are the same."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [row for row in rows if row]


def _stored(state: State, file: Upload | str) -> Json:
    if isinstance(file, str):
        return {"file_id": file, "file_unique_id": file}
    file_id = f"file{state.next_id()}"
    state.files[file_id] = file
    return _described(file_id, file)


def _described(file_id: str, file: Upload) -> Json:
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(file.content)}


def _command_list(state: State, params: Json) -> tuple[str, str]:
    scope = params.get("scope", {"type": "default"})
    if "chat_id" in scope:
        state.chat(scope["chat_id"])
    return json.dumps(scope, sort_keys=True), params.get("language_code", "")


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **dict(zip(("setMyDescription", "getMyDescription"), _describing("description"), strict=True)),
    **dict(
        zip(
            ("setMyShortDescription", "getMyShortDescription"),
            _describing("short_description"),
            strict=True,
        )
    ),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}


def act(state: State, method: str, params: Json, returns: tuple[str, ...]) -> object:
    """Runs a method. One that the double has no behaviour for succeeds when it returns True only;
    else it raises NotImplementedError."""
    known = METHODS.get(method)
    if known is not None:
        return known(state, params)
    if returns == ("Boolean",):
        return True
    raise NotImplementedError(f"the double does not know what {method} returns")
