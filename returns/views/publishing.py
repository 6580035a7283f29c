"""From approved answers to an edition: what is left to do, the frame, and the acts of publishing and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import User
from agencies.views.proof import require_fresh_proof
from returns import permissions
from returns.actions import around, comparing, framing
from returns.actions import editions as actions
from returns.actions.readiness import is_prepared, live_cases, points, text_of, without_answer
from returns.actions.short_forms import short_forms_of
from returns.appendix import to_html
from returns.appendix.compile import compile_document
from returns.appendix.document import Document
from returns.forms.editions import (
    ApprovalForm,
    CommentaryForm,
    FrameForm,
    FrameKeepForm,
    PreparedForm,
    WithdrawForm,
    framing_of,
)
from returns.models import Collection, Edition, Frame, Proof
from returns.views.keeping import keeps_text
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    collection_or_404,
    not_found_unless,
    person,
    place,
)
from returns.workflow import Status


def url(collection: Collection, view: str, *args: object) -> str:
    return reverse(view, args=[collection.partnership.slug, collection.slug, *args])


def place_of_appendix(collection: Collection, *last: tuple[str, str]) -> dict[str, object]:
    return place(collection, ("Appendix", url(collection, "appendix")), *last)


def opened(user: User, partnership: str, slug: str) -> Collection:
    """A collection of which there is something to publish, for its coordinators and second readers."""
    found = collection_or_404(user, partnership, slug)
    not_found_unless(not found.is_preparing)
    return found


@login_required
@require_safe
def readiness(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    comparing.bring_up_to_date(found)
    document, frame = compile_document(found), Frame.of(found)
    found_points = points(found, document)
    against = actions.reasons_against_publishing(found, frame, document, user)
    unchanged = actions.unchanged_since(found, document)
    short = short_forms_of(found, document)
    visible = Edition.objects.visible_to(user).filter(collection=found)
    editions = list(visible.without_text().for_pages().with_files().newest_first())
    context = place_of_appendix(found, ("Publish it", "")) | {
        "blocking": [point for point in found_points if point.blocks],
        "others": [point for point in found_points if not point.blocks],
        "frame": frame,
        "order": list(found.returns.exclude(status=Status.EXCLUDED).values_list("name", flat=True)),
        "against": against,
        "unchanged": unchanged,
        "unchanged_number": str(unchanged.number) if unchanged else "",
        **_withdrawn(found, document),
        "short_forms": short,
        "explained": sum(bool(one.meaning) for one in short),
        "unexplained": [one.short for one in short if not one.meaning],
        "is_prepared": is_prepared(frame, document),
        "coordinates": permissions.may_coordinate(user, found),
        "comments": permissions.may_comment(user, found),
        "editions": editions,
        "newest": next((one for one in editions if not one.is_withdrawn), None),
    }
    return render(request, "returns/readiness.html", context)


def _withdrawn(collection: Collection, document: Document) -> dict[str, Any]:
    """What has to be said before anything is published again."""
    edition = actions.withdrawn_last(collection)
    if edition is None:
        return {}
    changes = actions.changes_since_withdrawal(edition, document)
    return {
        "withdrawn": edition,
        "erased": changes is None,
        "changes": changes or [],
        "prepared_form": PreparedForm(),
    }


@keeps_text
@require_http_methods(["GET", "POST"])
def appendix_frame(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    frame = Frame.of(found)
    form = FrameForm(request.POST or None, initial=framing_of(frame))
    if request.method == "POST" and form.is_valid():
        frame = framing.set_frame(found, framing=form.framing, by=user)
        messages.success(request, "What stands around the answers is saved.")
        points_in = around.of(found, frame).only(commentary=False).points
        return redirect(url(found, "appendix_frame" if points_in else "readiness"))
    context = place_of_appendix(found, ("Around the answers", "")) | {
        "form": form,
        "around": around.of(found, frame).only(commentary=False),
    }
    return render(request, "returns/appendix_frame.html", context)


@keeps_text
@require_http_methods(["GET", "POST"])
def frame_points(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """Everything that the checks point at around the answers; a coordinator says why what blocks can stay."""
    user = person(request)
    found = opened(user, partnership, collection)
    there = around.of(found, Frame.of(found))
    initial = {"read": there.passages, "reason": there.frame.kept_because}
    form = FrameKeepForm(request.POST or None, initial=initial)
    if request.method == "POST":
        permissions.require_coordinator(user, found.partnership)
        if form.is_valid() and attempt_form(
            form, lambda: framing.keep_points(found, **form.cleaned_data, by=user)
        ):
            messages.success(request, "Noted why it can stay.")
            return redirect(url(found, "readiness"))
    context = place_of_appendix(found, ("Publish it", url(found, "readiness")), ("Points to check", "")) | {
        "form": form,
        "around": there,
        "coordinates": permissions.may_coordinate(user, found),
        "comments": permissions.may_comment(user, found),
    }
    return render(request, "returns/frame_points.html", context)


@keeps_text
@require_http_methods(["GET", "POST"])
def commentary(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_second_reader(user, found.partnership_id)
    frame = Frame.of(found)
    initial = {"text": frame.commentary, "post": frame.commentary_post}
    form = CommentaryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        frame = framing.set_commentary(found, html=said["text"], post=said["post"], by=user)
        messages.success(
            request, "Your commentary is saved." if said["text"] else "There is no commentary now."
        )
        points_in = around.of(found, frame).only(commentary=True).points
        return redirect(url(found, "commentary" if points_in else "readiness"))
    context = place_of_appendix(found, ("Commentary", "")) | {
        "form": form,
        "frame": frame,
        "around": around.of(found, frame).only(commentary=True),
        "is_prepared": is_prepared(frame, compile_document(found)),
    }
    return render(request, "returns/commentary.html", context)


@login_required
@require_safe
def appendix_order(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    context = place_of_appendix(found, ("Order", "")) | {"returns": found.returns.all()}
    return render(request, "returns/appendix_order.html", context)


@button(back="appendix_order")
def agency_move(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    one = get_object_or_404(found.returns.for_pages(), slug=agency)
    up = request.POST.get("up") == "1"
    attempt(request, lambda: framing.move_agency(one, up=up, by=user), "The order is changed.")
    return redirect(url(found, "appendix_order"))


@button(back="readiness")
def edition_prepare(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    form = PreparedForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""  # asked for after a withdrawal only
    attempt(request, lambda: actions.prepare(found, note=note, by=user), "It is ready to be published.")
    return redirect(url(found, "readiness"))


@keeps_text
@require_http_methods(["GET", "POST"])
def edition_publish(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """The whole text to read, and below it what has to be said to publish it."""
    user = person(request)
    found = opened(user, partnership, collection)
    require_fresh_proof(request)
    document, frame = compile_document(found), Frame.of(found)
    against = actions.reasons_against_publishing(found, frame, document, user)
    missing = without_answer(document)
    form = ApprovalForm(
        request.POST or None,
        initial={"read": text_of(document)},
        is_correction=found.editions.exists(),
        is_alone=frame.prepared_by == user,
        missing=len(missing),
    )
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: _publish(found, form, user)):
            messages.success(request, "The appendix is published. The board and the agencies are being told.")
            return redirect(url(found, "readiness"))
    context = place_of_appendix(found, ("Publish it", url(found, "readiness")), ("Read and publish", "")) | {
        "form": form,
        "against": against,
        "frame": frame,
        "missing": missing,
        "unanswered": Proof.objects.of(found)
        .newest_of_each()
        .unanswered()
        .order_by("agency_return__position"),
        "before": actions.newest(found),
        "changes": actions.changes_since(found, document),
        "live_cases": list(live_cases(found)),
        "around": around.of(found, frame),
        "chapters": to_html.render_chapters(document),
    }
    return render(request, "returns/edition_publish.html", context)


def _publish(collection: Collection, form: ApprovalForm, user: User) -> None:
    actions.publish(collection, approval=form.approval, read=form.cleaned_data["read"], by=user)


@keeps_text
@require_http_methods(["GET", "POST"])
def edition_withdraw(request: HttpRequest, partnership: str, collection: str, number: int) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    edition = edition_or_404(user, found, number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.withdraw(edition, **form.cleaned_data, by=user)):
            messages.success(request, "It is withdrawn: nobody can read or download it any more.")
            return redirect(url(found, "readiness"))
    context = place_of_appendix(found, ("Publish it", url(found, "readiness")), ("Withdraw", "")) | {
        "form": form,
        "edition": edition,
    }
    return render(request, "returns/edition_withdraw.html", context)


def edition_or_404(user: User, collection: Collection, number: int) -> Edition:
    visible = Edition.objects.visible_to(user).for_pages().filter(collection=collection)
    return get_object_or_404(visible, number=number)
