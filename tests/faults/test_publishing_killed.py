"""The process is killed (SIGKILL) at any point of publishing: there is no edition, or a whole one whose files
`render_editions` finishes.

What is kept changes with statements and commits only. So to die before each statement, and before and after each
commit, is to die at any point, but for the middle of a commit, which is the database's own to make whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection

from agencies.models import Event, Message
from returns.actions import editions
from returns.appendix.compile import compile_document
from returns.appendix.document import fingerprint
from returns.models import Collection, Edition, EditionFile, FileFormat, Frame
from tests.returns import cast as players

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_process_that_dies(act: Callable[[], object], *, before: int) -> bool:
    """Runs the act in a process of its own, killed at that point; True if it came to its end.

    It begins in a thread of its own, which has no connection yet that the two processes could share: a browser that
    an earlier test started makes Django keep the connections of this thread in another place than the child looks."""
    with ThreadPoolExecutor(1) as fresh:
        return fresh.submit(_forked, act, before).result()


def _forked(act: Callable[[], object], before: int) -> bool:
    child = os.fork()
    if child == 0:
        points, commit = count(1), connection._commit

        def point() -> None:
            if next(points) == before:
                os.kill(os.getpid(), signal.SIGKILL)

        def statement(execute, *arguments):
            point()
            return execute(*arguments)

        def watched_commit() -> None:
            point()
            commit()
            point()

        connection._commit = watched_commit
        try:
            with connection.execute_wrapper(statement):
                act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status) or os.WTERMSIG(status) == signal.SIGKILL
    return os.WIFEXITED(status)


def test_killed_anywhere_it_is_not_published_or_published_whole() -> None:
    collection = players.prepare(cast := players.make())
    read = editions.text_of(compile_document(collection))
    prepared = Frame.objects.values().get()
    kept: list[int] = []  # how many files were there, each time that the edition was

    for before in count(1):
        ended = in_a_process_that_dies(
            lambda: editions.publish(
                Collection.objects.get(pk=collection.pk),
                approval=players.approval(),
                read=read,
                by=cast.second_reader,
            ),
            before=before,
        )
        told = Event.objects.filter(act="publish").count(), Message.objects.filter(kind="published").count()
        edition = Edition.objects.first()
        if edition is None:
            assert told == (0, 0)
            assert Frame.objects.values().get() == prepared
            assert not EditionFile.objects.exists()
            continue
        assert told == (1, 5)
        assert fingerprint(edition.document) == edition.sha256
        kept.append(edition.files.count())
        call_command("render_editions", verbosity=0)
        assert edition.files.count() == len(FileFormat)
        call_command("verify_editions", verbosity=0)
        if ended:
            break
        # As before, for the next time.
        edition.delete()
        Event.objects.filter(act="publish").delete()
        Message.objects.filter(kind="published").delete()
        Frame.objects.update(**prepared)
    assert kept == sorted(kept)
    assert set(kept) == set(range(len(FileFormat) + 1))
