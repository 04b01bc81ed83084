"""The forms that texts of the base may have, with the sentence that says so to contributors."""

from dataclasses import dataclass
from typing import Annotated, Any

STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
"""What pydantic is told of each class of the model."""


@dataclass(frozen=True)
class Shape:
    """The form that a text must have: `pattern` for machines, `sentence` (French) for people."""

    pattern: str
    sentence: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=f"^(?:{self.pattern})$"),
            custom_error_type="shape",
            custom_error_message=self.sentence,
        )


Text = Annotated[str, Shape(r"\S(?:[^\n]*\S)?", "une ligne de texte, sans espace au bord")]
Id = Annotated[str, Shape(r"[a-z0-9]+(?:-[a-z0-9]+)*", "des minuscules, chiffres et tirets")]
Url = Annotated[str, Shape(r"https?://[^\s<>\"]+", "une adresse qui commence par http(s)://")]
PeriodText = Annotated[
    str,
    Shape(
        r"\d{4}(?:-\d{2}){0,2}(?:/\d{4}(?:-\d{2}){0,2})?",
        "une date AAAA, AAAA-MM ou AAAA-MM-JJ, ou deux dates séparées par /",
    ),
]
MomentText = Annotated[
    str,
    Shape(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?", "une date AAAA-MM-JJ ou AAAA-MM-JJTHH:MM"),
]
WarningCode = Annotated[str, Shape(r"W\d\d", "le code d'un avertissement de check : W62")]
ZoneText = Annotated[
    str, Shape(r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_-]+)*", "un fuseau tel que Indian/Reunion")
]
RuleText = Annotated[
    str,
    Shape(
        r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL=[1-9]\d?|COUNT=[1-9]\d{0,2}"
        r"|UNTIL=\d{8}|BYDAY=-?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)(?:,-?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*"
        r"|BYMONTH=(?:1[0-2]|[1-9])(?:,(?:1[0-2]|[1-9]))*"
        r"|BY(?:MONTHDAY|SETPOS)=-?[1-9]\d?(?:,-?[1-9]\d?)*))*",
        "une règle RRULE (RFC 5545) telle que FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261231",
    ),
]
