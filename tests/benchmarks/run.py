"""What is measured: the pages people wait for, and the documents made of many answers."""

import gzip
import statistics
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from returns import richtext
from returns.appendix import to_html
from returns.appendix.compile import compile_document
from returns.models import Answer, Collection
from returns.workflow import Status
from tests.benchmarks import data, files, writers
from tests.benchmarks import plot as drawing

RUNS = 15


def measure(name: str, act: Callable[[], object], runs: int = RUNS) -> None:
    """Queries are counted in a run of their own, since counting costs time too."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
        count = len(queries)
    times = []
    for _ in range(runs):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    spread = f"{min(times):.1f} to {max(times):.1f}"
    print(f"{name:<42}{statistics.median(times):>10.1f}{spread:>20}{count:>9}", flush=True)  # noqa: T201


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def get(client: Client, url: str) -> Callable[[], None]:
    def act() -> None:
        response = client.get(url)
        assert response.status_code == 200, response.status_code

    return act


def save(client: Client, url: str, answer: Answer) -> Callable[[], None]:
    """Each save is based on the one before and says something new."""
    texts = iter(f"{data.TEXTS[0]}<p>Save {number}.</p>" for number in range(10_000))
    version = answer.version

    def act() -> None:
        nonlocal version
        form = {
            "text": next(texts),
            "text-format": "html",
            "base_version": version,
            "client": "c0ffee00",
            "sequence": version,
            "stay": "1",
        }
        response = client.post(url, form)
        assert response.status_code == 302, response.status_code
        version += 1

    return act


def autosave(client: Client, url: str, answer: Answer, person: int) -> Callable[[], None]:
    """As the page does it while somebody types; "the same again" as after an answer that was lost."""
    texts = iter(f"{data.TEXTS[0]}<p>Autosave {number}.</p>" for number in range(10_000))
    version = answer.version

    def act() -> None:
        nonlocal version
        body = {
            "text": next(texts),
            "text-format": "html",
            "base_version": version,
            "client": "decaf000",
            "sequence": version,
            "person": person,
        }
        response = client.post(url, body, content_type="application/json")
        assert response.json()["state"] == "saved", response.content
        version += 1

    return act


def watch(client: Client, url: str, answer: Answer, person: int) -> Callable[[], None]:
    body = {"base_version": answer.version, "client": "decaf000", "person": person}

    def act() -> None:
        assert client.post(url, body, content_type="application/json").status_code == 200

    return act


def pages() -> None:
    for agencies in (1, 9, 60, 300):
        collection = data.collection(agencies)
        client = signed_in(data.coordinator(collection))
        measure(f"collection page, {agencies} agencies", get(client, collection.get_absolute_url()))
    collection = Collection.objects.get(partnership__slug="of-9-all")
    first = collection.returns.select_related("collection__partnership").first()
    assert first is not None
    client = signed_in(data.lead(collection))
    url = reverse("answer_edit", args=[collection.partnership.slug, collection.slug, first.slug, 1])
    measure("edit page", get(client, url))
    answer = first.answers.get()
    measure("save a draft", save(client, url, answer))
    answer.refresh_from_db()
    assert answer.version == RUNS + 3, answer.version
    person = collection.partnership.roles.get(seat__isnull=False).user_id
    measure("autosave", autosave(client, f"{url}save/", answer, person))
    answer.refresh_from_db()
    measure("watch", watch(client, f"{url}watch/", answer, person))


def reading() -> None:
    """The page of an edition of nine agencies, as a board member and as the public ask for it."""
    pk = data.collection(9, status=Status.APPROVED, name="read").pk
    collection = Collection.objects.select_related("partnership").get(pk=pk)
    where = [collection.partnership.slug, collection.slug]
    edition = data.edition(collection)
    client = signed_in(edition.published_by)
    page = reverse("edition", args=[*where, edition.number])
    measure("edition, 9 agencies", get(client, page))
    measure("public edition, 9 agencies", get(Client(), reverse("public_edition", args=where)))
    print(f"{'':<42}{len(gzip.compress(client.get(page).content)) / 1000:>10.1f} kB as it travels; aim 60 kB")  # noqa: T201


def documents() -> None:
    for agencies in (9, 100, 1000):
        runs = RUNS if agencies < 1000 else 5
        pk = data.collection(agencies, status=Status.APPROVED).pk
        collection = Collection.objects.select_related("partnership").get(pk=pk)
        document = compile_document(collection)
        assert len(document.sections) == agencies
        measure(f"compile, {agencies} agencies", lambda it=collection: compile_document(it), runs)  # type: ignore[misc]
        measure(f"HTML file, {agencies} agencies", lambda it=document: to_html.render_file(it), runs)  # type: ignore[misc]
        files.measure(document)


def cleaning() -> None:
    words = sum(richtext.count_words(richtext.clean(text).blocks) for text in data.TEXTS)
    measure(
        f"clean {len(data.TEXTS)} answers, {words:,} words",
        lambda: [richtext.clean(text) for text in data.TEXTS],
    )


def main(*, plot: bool = False, many_writers: bool = False) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if many_writers:
        writers.main()
        return
    if plot:
        drawing.main()
        return
    print(f"{connection.vendor}\n{'':<42}{'CPU ms':>10}{'from, to':>20}{'queries':>9}")  # noqa: T201
    for part in (pages, reading, documents, cleaning):
        part()
