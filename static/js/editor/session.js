// Asks the server in the background, with the token as the cookie has it now: after signing in again in another tab
// it is a new one. Warns before the session ends. Knows nothing of what is asked.
const ANSWER_WITHIN = 15_000;
const WARN = 120; // seconds before the end

export class Session {
  // `look` asks the server anything that does not count as use.
  constructor(form, line, look) {
    this.data = form.dataset;
    this.look = look;
    this.ending = line.element.querySelector("[data-ending]");
    this.said = this.ending.querySelector("[data-ending-text]");
    this.spoken = line.element.querySelector("[data-spoken]");
    this.ending.querySelector("[data-stay-button]").addEventListener("click", () => this.stay());
  }

  token() {
    const start = `${this.data.csrfCookie}=`;
    const found = document.cookie.split("; ").find((one) => one.startsWith(start));
    return found ? decodeURIComponent(found.slice(start.length)) : "";
  }

  // Gives what the server said; its `state` is "no_connection" or "failed" if it said nothing that can be read.
  async post(url, body, { keepalive = false } = {}) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        signal: keepalive ? undefined : AbortSignal.timeout(ANSWER_WITHIN),
        keepalive,
      });
      const left = response.headers.get("Session-Left");
      if (left !== null) this.endsIn(Number(left));
      const type = response.headers.get("Content-Type") ?? "";
      return response.status < 500 && type.startsWith("application/json") ? await response.json() : { state: "failed" };
    } catch (error) {
      return { state: error.name === "TimeoutError" ? "failed" : "no_connection" };
    }
  }

  endsIn(seconds) {
    clearTimeout(this.timer);
    const warn = seconds <= WARN;
    if (warn) this.warn(seconds);
    else this.timer = setTimeout(this.look, Math.min((seconds - WARN) * 1000 + 500, 2 ** 31 - 1));
    this.ending.hidden = !warn;
  }

  warn(seconds) {
    const minutes = Math.max(1, Math.round(seconds / 60));
    const when = `in about ${minutes === 1 ? "a minute" : `${minutes} minutes`}`;
    const text = this.tried
      ? `You will be signed out ${when} all the same: nobody stays signed in longer than a working day. What is saved stays saved.`
      : `You will be signed out ${when}, because nothing has been written for some time. What is saved stays saved.`;
    if (this.ending.hidden) this.spoken.textContent = text;
    this.said.textContent = text;
    this.ending.querySelector("[data-stay-button]").hidden = Boolean(this.tried);
  }

  async stay() {
    this.tried = true;
    await this.post(this.data.stay, {});
    this.tried = !this.ending.hidden;
  }
}
