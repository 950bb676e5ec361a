/* A form that is told part by part, each kept in this browser before the next one shows, whatever the line does: what
every such form has. Its own class shows the parts: `begin()` goes on at the first that was not told. */

const REMIND_MS = 3000; // until a page that does not come is asked for again

class Form {
  /** `name`: of its element's class; `place`: where it is told; `options`: more of its outbox. */
  constructor(root, data, name, place, options) {
    this.id = data.id;
    this.data = data;
    this.section = root.querySelector(`.${name}`);
    this.news = root.querySelector(".news");
    this.outbox = new Outbox(data.id, `/${place}/${data.id}?${new URLSearchParams({ language: data.language })}`, {
      onNews: (said, sentence) => this.tell(said, sentence),
      ...options,
    });
    document.body.dataset.playing = data.id; // the frame leaves it to us to say how the line is
  }

  /** Whether another form is to be shown in its place. */
  yields(data) {
    return this.id !== data.id;
  }

  close() {
    clearInterval(this.reminding);
    if (document.body.dataset.playing === this.id) delete document.body.dataset.playing;
  }

  update(data, deliver) {
    this.words = data.words;
    this.deliver = deliver;
    followTheme(this.section);
  }

  tell(name, sentence = "") {
    const said = sentence || this.words[name] || "";
    if (this.news.textContent === said) return;
    this.news.replaceChildren(said);
    if (name === "signed_out") this.news.append(" ", element("a", { href: "sign-in", target: "_self" }, this.words.sign_in));
  }

  /** Ask for the page that comes after, until it comes. */
  leave(where) {
    const post = () => this.deliver("event", where);
    clearInterval(this.reminding);
    this.reminding = setInterval(post, REMIND_MS);
    post();
  }
}

function button(kind, text, act) {
  const made = element("button", { type: "button", class: kind }, text);
  made.addEventListener("click", act);
  return made;
}
