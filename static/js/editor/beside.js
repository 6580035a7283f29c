// Lists beside the text what could show who somebody is: on opening, and a while after words were saved. Never in the way: it
// asks for nothing, moves nothing and, when the server cannot be asked, leaves what stood there.

const PAUSE = 3_000;

export class Beside {
  constructor(ask) {
    this.ask = ask;
    this.place = document.querySelector("[data-points]");
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    if (!this.place) return;
    const answer = await this.ask(this.place.dataset.points);
    if (answer.state !== "points") return;
    const page = new DOMParser().parseFromString(answer.html, "text/html");
    if (page.body.textContent !== this.place.textContent) this.place.replaceChildren(...page.body.childNodes);
  }
}
