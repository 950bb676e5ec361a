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
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = getComputedStyle(this.section).getPropertyValue("--st-background-color").trim();
    const light = [1, 3, 5].reduce((sum, at) => sum + parseInt(probe.fillStyle.slice(at, at + 2), 16), 0);
    this.section.dataset.theme = light < 384 ? "dark" : "light";
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

/** The component of a kind of form. */
function formComponent(Kind) {
  const forms = new WeakMap();
  return ({ parentElement, data: [data], setTriggerValue }) => {
    let form = forms.get(parentElement);
    const fresh = form?.yields(data) ?? true;
    if (fresh) {
      form?.close();
      form = new Kind(parentElement, data);
      forms.set(parentElement, form);
    }
    const turn = (form.turn = (form.turn ?? 0) + 1);
    form.update(data, setTriggerValue);
    if (fresh) form.begin();
    // Streamlit may run the cleanup of an overtaken call after the next call: only the last one closes.
    return () => {
      if (form.turn !== turn) return;
      form.close();
      forms.delete(parentElement);
    };
  };
}
