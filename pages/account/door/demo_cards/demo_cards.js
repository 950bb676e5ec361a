// One plain form a card, posted by the browser itself: only a route can set the cookie.

export default function ({ data: [data], parentElement }) {
  const box = parentElement.querySelector(".demo-cards");
  box.replaceChildren(...data.cards.map(card));
}

function card({ place, code, story }) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/auth/demonstration" });
  const button = Object.assign(document.createElement("button"), { name: "place", value: place });
  button.append(line("strong", code), line("span", story));
  form.append(button);
  return form;
}

function line(tag, textContent) {
  return Object.assign(document.createElement(tag), { textContent });
}
