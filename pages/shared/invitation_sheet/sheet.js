// The sheet to print: it is shown here, and printed alone from a frame of its own. `data`: see pages/shared/invitation_sheet/__init__.py.

const PAPER = `
  body { margin: 2.5cm; font: 14pt/1.5 "Atkinson Hyperlegible Next", sans-serif; color: #000; background: #fff; }
  h1 { font-size: 22pt; }
  .code { font-size: 22pt; font-weight: 700; }
  img { width: 6cm; height: 6cm; }
  .link { overflow-wrap: anywhere; }
`;

export default function ({ data: [data], parentElement }) {
  const place = parentElement.querySelector(".sheet-of-paper");
  const print = made("button", { type: "button", textContent: data.print });
  print.onclick = () => printed(data);
  place.replaceChildren(sheet(data), print);
}

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function sheet(data) {
  return made(
    "article",
    { lang: data.language },
    made("h1", { textContent: data.title }),
    made("p", { textContent: data.first }),
    made("img", { src: data.square, alt: data.picture }),
    made("p", { className: "link", textContent: data.link }),
    made("p", { textContent: `${data.code_label}:` }),
    made("p", { className: "code", textContent: data.code }),
    made("p", { textContent: data.then }),
    made("p", { textContent: data.until }),
  );
}

function printed(data) {
  document.querySelector("iframe.paper")?.remove();
  const frame = made("iframe", { className: "paper", title: data.title, hidden: true });
  document.body.append(frame);
  const paper = frame.contentDocument;
  paper.title = data.title;
  paper.documentElement.lang = data.language;
  paper.head.append(made("style", { textContent: PAPER }));
  paper.body.append(sheet(data));
  frame.contentWindow.print();
}
