// The foot of every page, the look of its links and tabs and the language of the document. Both forms are posted by the
// browser itself.

// Streamlit's page links and quiet buttons look like text; what it writes and draws on the accent is white, which a dark
// page's light accent does not carry; chosen values run out of a narrow window; links to headings lead nowhere that a
// person would go; a chart that is not so many whole pixels wide is drawn twice. On paper stands the whole page instead
// of what the window shows, without what only a screen needs. This component's own styles do not reach any of it.
const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
  :root { --on-accent: light-dark(#FFFFFF, #14181B); }
  [data-testid="stHeaderActionElements"] { display: none; }
  [data-testid="stFullScreenFrame"] { width: round(down, 100%, 1px); }
  [data-testid="stPageLink-NavLink"] p, [kind="tertiary"] p { text-decoration: underline; text-underline-offset: 0.2em; }
  :has(> [data-testid="stMultiSelectTagsContainer"]) { height: auto; max-height: none; min-width: 0; }
  [data-testid="stMultiSelectTagsContainer"] { flex-wrap: wrap; overflow: visible; mask: none; min-width: 0; }
  [data-testid="stMultiSelectTagsContainer"] > * { max-width: 100%; }
  [data-testid="stCheckbox"] [data-testid="stMarkdownContainer"], [data-testid="stCheckbox"] p { white-space: normal; }
  [kind^="primary"]:not(:disabled), [data-tag], [role="gridcell"] [data-selected] { color: var(--on-accent); }
  [data-testid="stCheckbox"] [data-selected] svg { stroke: var(--on-accent); }
  [data-testid="stCheckbox"] [data-selected] > span + div > div, [data-testid="stRadioOption"][data-selected] > div > div > div {
    background: var(--on-accent); }
  @media (forced-colors: active) {
    [role="tab"] > [data-rac], [role="radio"][aria-checked="true"], [data-testid="stProgressBarTrack"] > div,
    [data-testid="stRadioOption"][data-selected] > div > div > div, [data-testid="stSlider"] [style*="left"],
    [data-testid="stCheckbox"] [data-selected] > span + div {
      forced-color-adjust: none; color: HighlightText; background: Highlight !important; border-color: Highlight; }
    [role="radio"][aria-checked="true"] p { color: HighlightText; }
    [data-testid="stSliderThumbValue"] p { color: CanvasText; }
    [data-testid="stCheckbox"] [data-selected] svg { stroke: HighlightText; }
    [data-testid="stCheckbox"] label > span + div > div { forced-color-adjust: none; background: ButtonText; }
    [data-testid="stCheckbox"] [data-selected] > span + div > div { background: HighlightText; }
    [data-testid="stCheckbox"] label > span + div:not(:has(svg)) { outline: 1px solid ButtonText; }
    [data-testid="stSlider"] [data-rac] > div:first-child:not([style]), [data-testid="stProgressBarTrack"],
    [data-testid="stAlertContainer"] { outline: 1px solid CanvasText; }
  }
  .lexithymia-line { position: fixed; inset: auto 0 0; z-index: 1000000; margin: 0; padding: 0.75rem 1rem; text-align: center;
    color: light-dark(#1F2933, #E6E4DF); background: light-dark(#EEF3F2, #23302F); border-block-start: 1px solid currentcolor; }
  .lexithymia-line:empty { display: none; }
  @media print {
    html, body, #root, .stApp, .stApp > div, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
      position: static !important; display: block !important; height: auto !important; overflow: visible !important; }
    [data-testid="stMainBlockContainer"] { max-width: none !important; padding: 0 !important; }
    [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSidebar"], [data-testid="stPopover"],
    [data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stFormSubmitButton"],
    [data-testid="stLinkButton"], [data-testid="stPageLink"], [data-testid="stSkipToContent"], .lexithymia-line {
      display: none !important; }
    h1, h2, h3, h4, summary { break-after: avoid; }
    tr, img, [data-testid="stPlotlyChart"], [data-testid="stMetric"], [data-testid="stImage"] { break-inside: avoid; }
    * { print-color-adjust: exact; }
  }`);

// A table that is wider than its box scrolls: by keyboard, too.
const TABLES = "[data-testid='stTable'] > div:not([tabindex])";
const reachTables = () => document.querySelectorAll(TABLES).forEach((box) => (box.tabIndex = 0));

// A chart is a picture to who hears the page: its name goes with the figure (pages/shared/measures/show_chart.py).
function nameCharts() {
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const name = chart.layout?.meta;
    if (!name || chart.getAttribute("aria-label") === name) continue;
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", name);
  }
}

// What Streamlit says of its own accord, in English.
function translate() {
  for (const [english, said] of Object.entries(words.streamlit ?? {})) {
    if (said === english) continue;
    for (const control of document.querySelectorAll(`[aria-label="${english}"]`)) control.setAttribute("aria-label", said);
    for (const part of document.querySelectorAll(`[aria-label^="${english}, "]`)) {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(english, said));
    }
  }
  const skip = document.querySelector("[data-testid='stSkipToContent']");
  if (skip && words.skip && skip.textContent !== words.skip) skip.textContent = words.skip;
}

// Who typed an address that is not there is told so, and that they are on the first page, by Streamlit's dialog.
function sayNowhere(dialog) {
  const [title, sentence] = words.nowhere ?? [];
  if (!title) return;
  dialog.querySelector("h2").textContent = title;
  const text = [...dialog.querySelectorAll("p, code, pre, div")].findLast((one) => one.textContent.includes("Running the app's"));
  if (text) text.textContent = sentence;
}

// Streamlit's own dialog about a lost line speaks English, to its programmers, and locks the page: it is closed, and one
// sentence stands at the foot until the line is back. A run goes on without, and says so itself.
const PATIENCE_MS = 3000;

function watchLine() {
  const place = made("p", { className: "lexithymia-line", role: "status" });
  document.body.append(place);
  let telling = null;
  const look = () => {
    lookAtDialogs();
    openChosenTab();
    const lost = app() && app().dataset.testConnectionState !== "CONNECTED" && !document.body.dataset.playing;
    if (lost) telling ??= setTimeout(() => (place.textContent = words.lost), PATIENCE_MS);
    else {
      clearTimeout(telling);
      telling = null;
      if (place.textContent) place.textContent = "";
    }
  };
  const attributeFilter = ["data-test-connection-state", "data-test-script-state", "data-playing", "aria-selected"];
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter });
  look();
}

// Of two tabs that are chosen in quick succession Streamlit opens the first again as soon as the answer to it has come;
// the focus stays where it was put. While a tab is pressed, the one before it has the focus still.
let chosenTab = null;
for (const kind of ["pointerdown", "focusin"])
  addEventListener(kind, (event) => (chosenTab = event.target.closest?.("[data-testid='stTab']") ?? chosenTab), true);

function openChosenTab() {
  if (resting() && chosenTab === document.activeElement && chosenTab?.matches("[aria-selected='false']")) chosenTab.click();
}

// Charts do not follow the paper's width: a page of them may be printed as wide as it stands on the screen, only smaller.
addEventListener("beforeprint", () => {
  const main = document.querySelector("[data-testid='stMainBlockContainer']");
  if (main) document.documentElement.style.setProperty("--on-screen", main.clientWidth);
});

function lookAtDialogs() {
  for (const dialog of document.querySelectorAll("[data-testid='stDialog']")) {
    const title = dialog.querySelector("h2")?.textContent;
    if (title === "Page not found") sayNowhere(dialog);
    if (title !== "Connection error") continue;
    dialog.style.display = "none";
    dialog.querySelector("section > button")?.click();
  }
}

// Charts are drawn on the server, in the theme that the browser showed when the last run began. Streamlit's own theme
// follows the system's a moment later, on a busy device some seconds later, and a change while a script runs asks for
// nothing. A run that is played is left alone, and so is a camera, whose stream stands in a frame of its own.
const LOOKED_AGAIN_MS = [300, 600, 1200, 2400, 4800];
const REDRAWN_AT_MOST = 5;
const inTheDark = matchMedia("(prefers-color-scheme: dark)");
const app = () => document.querySelector("[data-testid='stApp']");
const resting = () => app()?.dataset.testScriptState === "notRunning";
const shownScheme = () => getComputedStyle(app()).colorScheme;
const busy = () => document.body.dataset.playing || document.querySelector("[data-testid='stMain'] iframe");

let drawn = null;
let redraws = 0;
let looking = null;

inTheDark.onchange = () => {
  redraws = 0;
  followTheme();
};

function followTheme(look = 0) {
  clearTimeout(looking);
  if (look === LOOKED_AGAIN_MS.length) return;
  looking = setTimeout(() => {
    const [dark, rests] = [shownScheme() === "dark", resting()];
    if (drawn && rests && !busy() && dark !== drawn.dark && redraws < REDRAWN_AT_MOST) {
      redraws += 1;
      drawn.again(dark);
    }
    followTheme(rests ? look + 1 : look);
  }, LOOKED_AGAIN_MS[look]);
}

let words = {};

export default function ({ data: [data], parentElement, setTriggerValue }) {
  document.documentElement.lang = data.language;
  // Streamlit says so of the page alone, and not of what opens above it.
  document.documentElement.style.colorScheme = shownScheme();
  words = data;
  if (!document.adoptedStyleSheets.includes(LOOK)) {
    document.adoptedStyleSheets.push(LOOK);
    new MutationObserver(() => (reachTables(), nameCharts(), translate())).observe(document.body, { childList: true, subtree: true });
    reachTables();
    nameCharts();
    watchLine();
  }
  translate();
  const foot = parentElement.querySelector(".page-foot");
  foot.hidden = data.bare;
  foot.replaceChildren(languages(data));
  if (data.sign_out) foot.append(leave(data));
  shareLock(Boolean(data.locked));
  warnInTime(parentElement.querySelector(".idle"), data.idle, setTriggerValue);
  drawn = { dark: data.dark, again: (dark) => setTriggerValue("dark", dark) };
  followTheme();
}

// A browser that is handed over in the room: the other tabs of it must not go on showing what they show.
const locks = new BroadcastChannel("lexithymia-lock");
let locked = null;
locks.onmessage = ({ data }) => {
  if (data !== locked) location.reload();
};

function shareLock(now) {
  if (now !== locked && (now || locked)) locks.postMessage(now);
  locked = now;
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
