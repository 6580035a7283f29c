// Saves the answer of a form with data-autosave while it is being written, and says so only after the server did.
// Knows the form and the addresses in its attributes, not the editor: a plain textarea is saved in the same way.
// Nothing is kept in the browser: what is not saved is on the page, and leaving it warns.
import "../editor.js"; // so that the textarea holds what the editor made of it
import { Beside } from "./beside.js";
import { SaveLine } from "./save_line.js";
import { Session } from "./session.js";

const PAUSE = 2_000;
const AT_MOST = 10_000; // between two saves while somebody types without a pause
const AGAIN = 5_000;
const AGAIN_SLOWLY = 30_000;
const WATCH_EVERY = 20_000;
const WATCH_HIDDEN = 60_000;
const KEEPALIVE_BYTES = 60 * 1024; // browsers refuse larger requests from a page that is going away
const GOING_TAKES = 10_000; // after which nobody waits any more for the next page

// What passes by itself, and what somebody has to do something about: there the full page helps further.
const PASSING = new Set(["no_connection", "failed", "signed_out", "somebody_else", "old_token"]);
const UNANSWERED = new Set(["no_connection", "failed"]);
const STANDING = new Set(["behind", "closed", "refused", "not_yours"]);

class Autosave {
  constructor(form) {
    this.form = form;
    this.fields = form.elements;
    this.text = this.fields.text;
    this.line = new SaveLine(form.querySelector("[data-save-line]"));
    this.session = new Session(form, this.line, () => this.watch());
    this.beside = new Beside((url) => this.session.post(url, this.page()));
    this.sequence = Number(this.fields.sequence.value);
    this.base = Number(this.fields.base_version.value);
    this.answered = 0; // the sequence of the newest request that was saved
    this.known = form.hasAttribute("data-refused") ? null : this.text.value; // what the server has
    this.unsure = false; // whether it may have something else: a save that it has not answered, or not yet
    this.state = "saved";
    this.opened = Date.now();
    this.listen();
    this.watch();
    this.beside.show();
  }

  listen() {
    this.text.addEventListener("richtext:change", () => this.changed());
    this.text.addEventListener("input", () => this.changed());
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.blurred());
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("submit", (event) => this.submitElsewhere(event), true);
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.back()));
    window.addEventListener("pagehide", () => this.gone());
    window.addEventListener("pageshow", (event) => event.persisted && (this.hold(false), this.back()));
    window.addEventListener("online", () => this.back());
    window.addEventListener("offline", () => this.dirty && this.fall("no_connection"));
    window.addEventListener("beforeunload", (event) => {
      if (!this.dirty || this.letting) return;
      this.leave();
      event.preventDefault();
    });
    for (const one of this.form.querySelectorAll("[data-go-back]")) one.textContent = one.dataset.goBack;
    for (const one of document.querySelectorAll("[data-save-first]")) one.hidden = true;
  }

  get dirty() {
    return this.unsure || this.text.value !== this.known;
  }

  // --- When ---

  changed() {
    if (!this.dirty) {
      this.since = null;
      if (!this.flying) this.fall("saved");
      return;
    }
    if (this.state !== "saved") return this.plan();
    this.since ??= Date.now();
    this.line.show("saving");
    this.wait(Math.min(PAUSE, this.since + AT_MOST - Date.now()));
  }

  blurred() {
    if (this.dirty && !STANDING.has(this.state)) this.wait(0);
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, milliseconds));
  }

  plan() {
    if (!this.dirty || this.timer) return;
    this.wait(this.state === "saved" ? PAUSE : PASSING.has(this.state) ? AGAIN : AGAIN_SLOWLY);
  }

  // --- Saving ---

  // One request at a time. Gives how it stands with all that was on the page when it was called.
  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    while (this.flying) await this.flying;
    if (this.dirty) {
      this.flying = this.send();
      await this.flying;
      this.flying = null;
      this.plan();
    }
    return this.state;
  }

  async send() {
    const request = this.request();
    this.since = null;
    if (this.state === "saved") this.line.show("saving");
    this.take(request, await this.session.post(this.form.dataset.autosave, this.body(request)));
  }

  // The same words sent again are the same request, so that they count once.
  request() {
    const text = this.text.value;
    this.unsure = true;
    if (this.last?.text !== text || this.last.base !== this.base) {
      this.last = { text, base: this.base, sequence: this.sequence++ };
    }
    return this.last;
  }

  body({ text, base, sequence }) {
    return { text, "text-format": this.fields["text-format"].value, base_version: base, sequence, ...this.page() };
  }

  page() {
    return { client: this.fields.client.value, person: Number(this.form.dataset.person) };
  }

  take(request, answer) {
    if (request.sequence < this.answered) return; // a later one has been answered
    this.unsure = UNANSWERED.has(answer.state);
    if (answer.state === "saved") {
      this.answered = request.sequence;
      this.base = Math.max(this.base, answer.version);
      this.known = request.text;
      this.fill();
      this.beside.plan();
      document.querySelector("[data-last-saved]")?.remove(); // the save line says a newer time
      this.text.dispatchEvent(new CustomEvent("richtext:saved", { detail: { html: request.text } }));
    }
    this.fall(answer.state, answer);
  }

  fall(state, answer) {
    this.state = state;
    this.line.show(state === "saved" && this.dirty ? "saving" : state, answer);
    this.plan();
  }

  // So that the form itself, sent as a page, names what it is based on, and a token that is valid now.
  fill() {
    this.fields.base_version.value = this.base;
    this.fields.sequence.value = this.sequence;
    const token = this.session.token();
    if (token) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = token;
  }

  // --- Going away and coming back ---

  leave() {
    if (!this.dirty) return;
    const request = this.request();
    const body = this.body(request);
    const keepalive = new Blob([JSON.stringify(body)]).size < KEEPALIVE_BYTES;
    this.session.post(this.form.dataset.autosave, body, { keepalive }).then((answer) => this.take(request, answer));
  }

  // So that the page is not taken for one that is still open, in another tab.
  gone() {
    this.leave();
    clearTimeout(this.watching);
    this.session.post(this.form.dataset.watch, { ...this.seen(), leaving: 1 }, { keepalive: true });
  }

  back() {
    this.watch();
    if (this.dirty) this.wait(0);
  }

  // The words are saved first. The page is left only when the server has them, or can say what to do.
  async submit(event) {
    if (this.letting) return this.fill();
    event.preventDefault();
    if (this.submitting) return;
    this.submitting = true;
    const state = await this.settled();
    this.submitting = false;
    if (PASSING.has(state)) this.line.insist();
    else this.let(() => this.form.requestSubmit(event.submitter));
  }

  async settled() {
    for (let tries = 0; this.dirty && tries < 3; tries++) if ((await this.save()) !== "saved") return this.state;
    if (this.state !== "saved") return this.state;
    const { state } = await this.watch(); // also with nothing to save: the next page might not come
    return PASSING.has(state) ? state : "saved";
  }

  // What would be typed while the next page is on its way would not be on it, so nothing can be.
  let(go) {
    this.hold(true);
    setTimeout(() => this.hold(false), GOING_TAKES);
    go();
  }

  hold(going) {
    this.letting = this.form.inert = going;
  }

  async submitElsewhere(event) {
    if (event.target === this.form || !this.dirty || this.letting) return;
    event.preventDefault();
    event.stopPropagation();
    const { target, submitter } = event;
    if ((await this.save()) === "saved") this.let(() => target.requestSubmit(submitter));
    else this.line.insist();
  }

  async follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || !this.dirty || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.getAttribute("href").startsWith("#") || link.closest("[contenteditable]")) return;
    event.preventDefault();
    await this.save();
    if (this.dirty) location.assign(link.href); // the browser asks
    else this.let(() => location.assign(link.href));
  }

  // --- Who else is there ---

  seen() {
    return { base_version: this.base, age: Math.floor((Date.now() - this.opened) / 1000), ...this.page() };
  }

  async watch() {
    clearTimeout(this.watching);
    const answer = await this.session.post(this.form.dataset.watch, this.seen());
    clearTimeout(this.watching);
    this.watching = setTimeout(() => this.watch(), document.hidden ? WATCH_HIDDEN : WATCH_EVERY);
    if (answer.state !== "watched") {
      if (this.state === "saved" || PASSING.has(this.state)) this.fall(answer.state, answer);
      return answer;
    }
    this.line.others(answer.others);
    this.line.newer(this.state === "saved" && !this.dirty ? answer.newer : "");
    if (answer.closed && this.state === "saved") this.fall("closed", answer);
    else if (PASSING.has(this.state) || (this.state === "closed" && !answer.closed)) {
      if (this.dirty) this.wait(0);
      else this.fall("saved");
    }
    return answer;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
