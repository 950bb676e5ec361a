// The menu. Streamlit's own has English words ("2 more", "Expand sidebar") and on a phone no word at all.

// The bar covers the end of a page: the page scrolls beyond it, and what sticks to the end sticks above it.
const ROOM = new CSSStyleSheet();
ROOM.replaceSync(`@media (max-width: 40rem), (max-height: 30rem) {
  :root { --bar: calc(3.75rem + 2px + env(safe-area-inset-bottom)); }
  [data-testid="stMainBlockContainer"] { padding-block-end: 7rem; }
}`);

export default function ({ data: [data], parentElement, setTriggerValue }) {
  if (!document.adoptedStyleSheets.includes(ROOM)) document.adoptedStyleSheets.push(ROOM);
  const nav = parentElement.querySelector("nav");
  nav.setAttribute("aria-label", data.name);
  const drawn = JSON.stringify(data);
  if (nav.drawn === drawn) return; // what has the focus keeps it
  nav.drawn = drawn;
  const rest = element("ul", { class: "rest", id: "rest" });
  const button = element("button", { type: "button", class: "more", "aria-controls": "rest" }, data.menu);
  const open = (opened) => {
    nav.classList.toggle("open", opened);
    button.setAttribute("aria-expanded", opened);
  };
  open(false);
  const bar = element("ul", { class: "bar" });
  for (const link of data.links) (link.short ? bar : rest).append(item(link));
  nav.replaceChildren(bar, button, rest);
  button.onclick = () => {
    open(!nav.classList.contains("open"));
    if (nav.classList.contains("open")) rest.querySelector("a")?.focus();
  };
  nav.onkeydown = (event) => {
    if (event.key !== "Escape" || !nav.classList.contains("open")) return;
    open(false);
    button.focus();
  };
  nav.former?.abort(); // the menu is drawn anew on every page, and the document stays
  nav.former = new AbortController();
  const beside = (event) => event.composedPath().includes(nav) || open(false);
  document.addEventListener("pointerdown", beside, { signal: nav.former.signal });

  function item({ path, address, title, short }) {
    const words = short
      ? [element("span", { class: "long" }, title), element("span", { class: "short" }, short)]
      : [title];
    const link = element("a", { href: `/${address}` }, ...words);
    if (address === data.here) link.setAttribute("aria-current", "page");
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own
      event.preventDefault();
      open(false);
      setTriggerValue("go", path);
    };
    return element("li", {}, link);
  }
}
