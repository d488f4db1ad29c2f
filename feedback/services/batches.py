"""The same step for many cases: each by itself, so that one that cannot go stops no other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from feedback.models import Case
from feedback.services.moves import TransitionRefusedError


@dataclass
class Batch:
    """What became of each case, by its reference: done, or not, under the sentence that says why."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)


def cases_each(*, cases: Iterable[Case], versions: Mapping[int, int], take: Callable[[Case, int], object]) -> Batch:
    """Take a step for every case as it was seen; a transaction each, in the service that ``take`` calls.

    Args:
        cases: what was ticked.
        versions: by key, the version that the person saw; a case that is not in it is left alone.
        take: calls the service with a case and that version. What it refuses is told and changes nothing.

    """
    batch = Batch()
    for case in cases:
        if case.pk not in versions:
            continue
        try:
            take(case, versions[case.pk])
        except TransitionRefusedError as refused:
            batch.refused.setdefault(str(refused), []).append(case.reference)
        else:
            batch.done.append(case.reference)
    return batch
