// Stands in Streamlit's own page, beside its scripts: says in the browser's language when the page never comes because a
// network lets no WebSocket through, and sends meanwhile what was answered in runs, whose routes need none.

const SAID = {};
const PATIENCE_MS = 15000;
const KEY = "lexithymia.run.";

const language = navigator.languages.map((tag) => [tag, tag.split("-")[0]].find((code) => code in SAID)).find(Boolean);
let waiting = null;
let place = null;

function look() {
  const app = document.querySelector("[data-testid='stApp']");
  if (!app) return;
  if (app.dataset.testConnectionState === "CONNECTED") {
    clearTimeout(waiting);
    watching.disconnect(); // from here on the page itself says how the line is
    place?.remove();
  } else waiting ??= setTimeout(tell, PATIENCE_MS);
}

function tell() {
  place = document.createElement("p");
  place.setAttribute("role", "alert");
  place.lang = language ?? "en";
  place.style.cssText = "position: fixed; inset: auto 0 0; z-index: 1000001; margin: 0; padding: 1rem; text-align: center;"
    + "font: 1.125rem sans-serif; color: #1f2933; background: #eef3f2; border-block-start: 1px solid";
  place.textContent = SAID[place.lang];
  document.body.append(place);
  Object.keys(localStorage).filter((name) => name.startsWith(KEY)).forEach(send);
}

async function send(name) {
  const { events } = JSON.parse(localStorage.getItem(name));
  if (!events.length) return;
  const answer = await fetch(`/runs/${name.slice(KEY.length)}?language=${place.lang}`, {
    method: "POST",
    headers: { "X-Lexithymia-Run": "1", "Content-Type": "application/json" },
    body: JSON.stringify({ known: 999999, events: events.slice(0, 200) }),
  });
  if (!answer.ok) return; // they wait here
  const { kept } = await answer.json();
  const record = JSON.parse(localStorage.getItem(name));
  record.events = record.events.filter(({ seq }) => seq > kept);
  localStorage.setItem(name, JSON.stringify(record));
  if (record.events.length) await send(name);
}

const attributeFilter = ["data-test-connection-state"];
const watching = new MutationObserver(look);
watching.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter });
look();
