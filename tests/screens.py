"""What a person's browser would send back from a screen on which nothing was touched."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def values_on(response: Any, form: str = "form[data-edit-form]") -> dict[str, str]:
    """Return name and value of every control in ``form`` as it stands, streams empty; buttons are for the test."""
    drawn = BeautifulSoup(response.content.decode(), "html.parser").select_one(form)
    assert drawn, f"no {form} on the screen"
    # Streams are drawn by script, which would begin them with this.
    streams = {f"{block['id']}-count": "0" for block in drawn.select("[data-controller~=w-block]")}
    return streams | {
        control["name"]: _value(control)
        for control in drawn.select("input[name], textarea[name], select[name]")
        if not _unsent(control)
    }


def _unsent(control: Tag) -> bool:
    kind = control.get("type", "")
    return kind in {"submit", "button", "file"} or (kind in {"checkbox", "radio"} and not control.has_attr("checked"))


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.get_text()
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return chosen.get("value", "") if chosen else ""
    return control.get("value", "on" if control.get("type") == "checkbox" else "")
