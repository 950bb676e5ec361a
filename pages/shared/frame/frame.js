// The foot of every page, the look of its links and tabs and the language of the document. Both forms are posted by the
// browser itself.

// Streamlit's page links look like text; a chosen tab, a chosen segment and a slider's value have the colour of buttons,
// too dark for text on a dark page; chosen values run out of a narrow window. This component's own styles do not
// reach them.
const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
  [data-testid="stPageLink-NavLink"] p { text-decoration: underline; text-underline-offset: 0.2em; }
  :has(> [data-testid="stMultiSelectTagsContainer"]) { height: auto; max-height: none; }
  [data-testid="stMultiSelectTagsContainer"] { flex-wrap: wrap; overflow: visible; mask: none; }
  [role="tab"][aria-selected="true"] p,
  [data-variant="segmented_control"][aria-checked="true"] p,
  [data-testid="stSliderThumbValue"] p { color: light-dark(#2F6F6D, #7FC4BF); }`);

// A table that is wider than its box scrolls: by keyboard, too.
const TABLES = "[data-testid='stTable'] > div:not([tabindex])";
const reachTables = () => document.querySelectorAll(TABLES).forEach((box) => (box.tabIndex = 0));

export default function ({ data: [data], parentElement, setTriggerValue }) {
  document.documentElement.lang = data.language;
  if (!document.adoptedStyleSheets.includes(LOOK)) {
    document.adoptedStyleSheets.push(LOOK);
    new MutationObserver(reachTables).observe(document.body, { childList: true, subtree: true });
    reachTables();
  }
  const foot = parentElement.querySelector(".page-foot");
  foot.hidden = data.bare;
  foot.replaceChildren(languages(data));
  if (data.sign_out) foot.append(leave(data));
  warnInTime(parentElement.querySelector(".idle"), data.idle, setTriggerValue);
}

// Every run of the script is a sign of life and begins the wait anew.
function warnInTime(place, idle, setTriggerValue) {
  clearTimeout(place.waiting);
  place.replaceChildren();
  if (!idle) return;
  place.waiting = setTimeout(() => {
    const stay = made("button", { type: "button", textContent: idle.stay });
    stay.onclick = () => setTriggerValue("stay", true);
    place.append(made("span", { textContent: idle.warning }), stay);
  }, 1000 * idle.warn_after);
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function languages(data) {
  const form = made("form", { method: "post", action: "/auth/language" });
  const back = made("input", { type: "hidden", name: "back" });
  form.onsubmit = () => (back.value = location.pathname + location.search);
  form.append(back);
  for (const [language, name] of Object.entries(data.languages)) {
    const choice = made("button", { name: "language", value: language, textContent: name, lang: language });
    if (language === data.language) choice.setAttribute("aria-current", "true");
    form.append(choice);
  }
  return form;
}

function leave(data) {
  const form = made("form", { method: "post", action: "/auth/sign-out" });
  form.append(made("span", { textContent: data.code }), made("button", { textContent: data.sign_out }));
  return form;
}
