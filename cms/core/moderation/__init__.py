"""What waits for a moderator, of every app that hands something in through ``ports.ModerationKind``.

``queue`` reads, ``forms`` and ``views`` are the one screen, ``home`` counts on the first page of the admin.
Pages and public cases are not here: Wagtail's own workflow holds them.
"""
