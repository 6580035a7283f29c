// The one line that says how it stands with saving. Seen at once; spoken only when it turns for the worse or better,
// so that a screen reader does not speak every few seconds.
const SAID = {
  saving: () => "Saving…",
  saved: (answer) => (answer?.at ? `Saved at ${answer.at}` : ""),
  no_connection: () => "Not saved: no connection. Your words are still here; we keep trying",
  failed: () => "Not saved: the service does not answer as it should. Your words are still here; we keep trying",
  old_token: () => "Not saved: the page is out of date. Your words are still here; we keep trying",
  signed_out: () => "You are signed out",
  somebody_else: (answer) => `Not saved: in this browser ${answer?.by || "somebody else"} is signed in now`,
  behind: (answer) => (answer?.own ? "Not saved: you saved first in another tab" : `Not saved: ${answer?.by || "somebody"} saved first`),
  closed: (answer) =>
    answer?.closed ? `What you write now cannot be saved: the return is “${answer.closed}”` : "Not saved: the return cannot be changed now",
  refused: (answer) => `Not saved: ${answer?.reasons?.[0] ?? "this text cannot be taken as it is"}`,
  not_yours: () => "Not saved: you cannot write here any more",
};
const HELP = { closed: "handed_back", refused: "handed_back", not_yours: "handed_back", old_token: "signed_out" };

export class SaveLine {
  constructor(element) {
    this.element = element;
    this.status = element.querySelector("[data-status]");
    this.spoken = element.querySelector("[data-spoken]");
    this.trouble = false;
    this.last = ""; // the last "Saved at", for when the text is again what was saved
  }

  show(state, answer) {
    const calm = state === "saving" || state === "saved";
    const text = SAID[state]?.(answer) ?? SAID.failed();
    if (state === "saved" && text) this.last = text;
    this.status.textContent = text || (calm ? this.last : "");
    this.status.hidden = !this.status.textContent;
    this.status.dataset.tone = calm ? (state === "saved" ? "done" : "") : "trouble";
    if (state !== "saving") this.turn(!calm);
    this.help(calm ? "" : (HELP[state] ?? state));
  }

  turn(trouble) {
    if (trouble === this.trouble && !trouble) return;
    const text = this.status.textContent;
    this.trouble = trouble;
    if (this.spoken.textContent !== text) this.spoken.textContent = text;
  }

  // Somebody pressed a button and the page stays: that has to be heard and seen.
  insist() {
    this.spoken.textContent = "";
    setTimeout(() => (this.spoken.textContent = this.status.textContent), 50);
    this.element.scrollIntoView({ block: "nearest" });
  }

  help(name) {
    for (const one of this.element.querySelectorAll("[data-help]")) {
      if (name || one.dataset.help !== "newer") one.hidden = one.dataset.help !== name;
    }
  }

  others(text) {
    const line = this.element.querySelector("[data-others]");
    if (line.textContent !== text) line.textContent = text;
  }

  newer(text) {
    const line = this.element.querySelector("[data-help=newer]");
    line.hidden = !text;
    if (!text) return;
    line.querySelector("[data-newer]").textContent = text;
  }
}
