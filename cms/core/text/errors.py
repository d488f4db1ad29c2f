"""The one error of the text functions."""


class TextError(ValueError):
    """Text that must not be stored; the message is a Vietnamese sentence made for the person who typed it."""
