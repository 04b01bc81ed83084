from tests.double.rules import rules_in_force


def pytest_report_header() -> str:
    return f"Bot API double: {rules_in_force().origin}"
