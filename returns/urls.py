"""The addresses of collections and returns. A year begins with a digit, so it never meets another word. How an agency
is named in an address is said in `agencies.urls`."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.urls.converters import StringConverter

from returns.views import (
    appendix,
    asking,
    autosave,
    collections,
    conflict,
    earlier,
    erasing,
    handing_over,
    home,
    merging,
    points,
    preparing,
    promises,
    proofs,
    public,
    publishing,
    reading,
    registers,
    reviewing,
    second_reading,
    sending,
    short_forms,
    signing_off,
    typing_in,
    word_files,
    writing,
)


class YearConverter:
    regex = r"\d[0-9A-Za-z-]{0,39}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileConverter(StringConverter):
    """The formats that an edition is handed out in."""

    regex = "pdf|docx|html|txt|json"


register_converter(FileConverter, "file")
register_converter(YearConverter, "year")

_return: list[URLPattern] = [
    path("", writing.agency_return, name="agency_return"),
    path("write/<int:number>/", writing.answer_edit, name="answer_edit"),
    path("write/<int:number>/save/", autosave.answer_autosave, name="answer_autosave"),
    path("write/<int:number>/points/", points.answer_points, name="answer_points"),
    path("write/<int:number>/watch/", autosave.answer_watch, name="answer_watch"),
    path("write/<int:number>/both/", conflict.answer_merge, name="answer_merge"),
    path("write/<int:number>/word/", word_files.answer_word, name="answer_word"),
    path("write/<int:number>/word/<int:file>/", word_files.answer_word_file, name="answer_word_file"),
    path("write/<int:number>/earlier/", earlier.answer_earlier, name="answer_earlier"),
    path("write/<int:number>/earlier/<int:save>/", earlier.answer_earlier_text, name="answer_earlier_text"),
    path("write/<int:number>/earlier/<int:save>/restore/", earlier.answer_restore, name="answer_restore"),
    path("nothing-to-report/", writing.nothing_to_report, name="nothing_to_report"),
    path("as-printed/", writing.as_printed, name="as_printed"),
    path("check/", writing.check, name="check"),
    path("announced/", promises.promises, name="promises"),
    path("sign-off/", signing_off.ask_sign_off, name="ask_sign_off"),
    path("ready/", writing.mark_ready, name="mark_ready"),
    path("case-studies/<int:number>/", second_reading.case_sign, name="case_sign"),
    path("points/add/", registers.point_add, name="point_add"),
    path("points/keep/", points.point_keep, name="point_keep"),
    path("points/<int:point>/open/", points.point_reopen, name="point_reopen"),
    path("send/", sending.send, name="send"),
    path("sent/", sending.sent, name="sent"),
    path("copy/", writing.copy_to_keep, name="copy_to_keep"),
    re_path(r"^copy/(?P<kind>pdf|docx)/$", writing.copy_as_file, name="copy_as_file"),
    path("more-time/", asking.ask_time, name="ask_time"),
    path("ask-to-reopen/", asking.ask_reopening, name="ask_reopening"),
    path("asked/<int:ask>/", asking.ask_answer, name="ask_answer"),
    path("due-date/", asking.grant_time, name="grant_time"),
    path("remind/", asking.remind, name="remind"),
    path("proof/", proofs.proof, name="proof"),
    path("review/", reviewing.review, name="review"),
    path("approve/", reviewing.approve, name="approve"),
    re_path(
        r"^(?P<name>take-back|begin-review|request-changes|hold|release|reopen|exclude|include)/$",
        reviewing.move,
        name="move",
    ),
    path("history/", reviewing.return_history, name="return_history"),
    path("history/compare/", earlier.history_compare, name="history_compare"),
    path("history/<int:number>/", reviewing.revision, name="revision"),
    path("type-in/", typing_in.type_in, name="type_in"),
    path("type-in/<int:number>/", typing_in.type_in_answer, name="type_in_answer"),
    path("type-in/<int:number>/save/", autosave.type_in_autosave, name="type_in_autosave"),
    path("type-in/<int:number>/watch/", autosave.type_in_watch, name="type_in_watch"),
    path("type-in/<int:number>/both/", conflict.type_in_merge, name="type_in_merge"),
    path("type-in/<int:number>/word/", word_files.type_in_word, name="type_in_word"),
    path("type-in/<int:number>/word/<int:file>/", word_files.type_in_word_file, name="type_in_word_file"),
    path("original/<int:file>/", word_files.original_file, name="original_file"),
    path("type-in/send/", typing_in.type_in_send, name="type_in_send"),
    path("type-in/ask-again/", typing_in.confirmation_resend, name="confirmation_resend"),
]

_collection: list[URLPattern | URLResolver] = [
    path("", collections.collection, name="collection"),
    path("details/", preparing.collection_details, name="collection_details"),
    path("period/", preparing.collection_period, name="collection_period"),
    path("questions/", preparing.collection_questions, name="collection_questions"),
    path("questions/add/", preparing.question_add, name="question_add"),
    path("questions/<int:number>/", preparing.question_edit, name="question_edit"),
    path("questions/<int:number>/move/", preparing.question_move, name="question_move"),
    path("questions/<int:number>/remove/", preparing.question_remove, name="question_remove"),
    path("agencies/", preparing.collection_agencies, name="collection_agencies"),
    path("agencies/confirm/", preparing.people_confirm, name="people_confirm"),
    path("open/", preparing.collection_open, name="collection_open"),
    path("take-in/<int:seat>/", collections.take_in, name="take_in"),
    path("close/", collections.collection_close, name="collection_close"),
    path("remind/", collections.collection_remind, name="collection_remind"),
    path("reopen/", collections.collection_reopen, name="collection_reopen"),
    path("status.csv", collections.collection_status, name="collection_status"),
    path("points/", points.collection_points, name="collection_points"),
    path("history/", collections.collection_history, name="collection_history"),
    path("appendix/", appendix.appendix, name="appendix"),
    re_path(r"^appendix/(?P<kind>pdf|docx)/$", appendix.appendix_file, name="appendix_file"),
    path("appendix/show/", appendix.appendix_show, name="appendix_show"),
    path("appendix/hide/", appendix.appendix_hide, name="appendix_hide"),
    path("appendix/readiness/", publishing.readiness, name="readiness"),
    path("appendix/frame/", publishing.appendix_frame, name="appendix_frame"),
    path("appendix/frame/points/", publishing.frame_points, name="frame_points"),
    path("appendix/short-forms/", short_forms.appendix_glossary, name="appendix_glossary"),
    path("appendix/commentary/", publishing.commentary, name="commentary"),
    path("appendix/order/", publishing.appendix_order, name="appendix_order"),
    path("appendix/order/<agency:agency>/move/", publishing.agency_move, name="agency_move"),
    path("appendix/ready/", publishing.edition_prepare, name="edition_prepare"),
    path("appendix/publish/", publishing.edition_publish, name="edition_publish"),
    path("appendix/erase/", erasing.erase, name="erase"),
    path("appendix/<int:number>/withdraw/", publishing.edition_withdraw, name="edition_withdraw"),
    path("appendix/proofs/", proofs.proofs, name="proofs"),
    path("appendix/proofs/<int:pk>/", proofs.proof_settle, name="proof_settle"),
    path("appendix/<int:number>/", reading.edition, name="edition"),
    path("appendix/<int:number>/<agency:section>/", reading.edition_section, name="edition_section"),
    path("appendix/<int:number>.<file:kind>", reading.edition_file, name="edition_file"),
    path("returns/<agency:agency>/", include(_return)),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-off/<str:token>/", signing_off.sign_off, name="sign_off"),
    path("setup/agencies/<agency:agency>/merge/", merging.agency_merge, name="agency_merge"),
    path("confirmations/<str:token>/", typing_in.confirmation, name="confirmation"),
    path("<slug:partnership>/", home.partnership, name="partnership"),
    path(
        "<slug:partnership>/people/roles/<int:pk>/hand-over/",
        handing_over.role_hand_over,
        name="role_hand_over",
    ),
    path("<slug:partnership>/appendices/", reading.editions, name="editions"),
    path("<slug:partnership>/public/", public.publicity, name="publicity"),
    path("<slug:partnership>/published/", public.public, name="public"),
    path("<slug:partnership>/published/style.css", public.public_style, name="public_style"),
    path("<slug:partnership>/published/logo.png", public.public_logo, name="public_logo"),
    path("<slug:partnership>/published/<year:collection>/", public.public_edition, name="public_edition"),
    path(
        "<slug:partnership>/published/<year:collection>/appendix.<file:kind>",
        public.public_file,
        name="public_file",
    ),
    path(
        "<slug:partnership>/published/<year:collection>/<agency:section>/",
        public.public_section,
        name="public_section",
    ),
    path("<slug:partnership>/registers/", registers.registers, name="registers"),
    path("<slug:partnership>/registers/<int:term>/accept/", registers.term_accept, name="term_accept"),
    path("<slug:partnership>/registers/<int:term>/remove/", registers.term_remove, name="term_remove"),
    path("<slug:partnership>/start/", preparing.collection_start, name="collection_start"),
    path("<slug:partnership>/<year:collection>/", include(_collection)),
]
