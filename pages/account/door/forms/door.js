// A plain form that the browser itself posts to a route: Enter, password managers and a slow network all work as
// everywhere else. `data`: see pages/account/door/forms/__init__.py.

const KEPT = "lexithymia-code"; // what was typed as the code, so that a mistake in the password costs one field

export default function ({ data: [data], parentElement }) {
  const form = parentElement.querySelector("form.door");
  const wanted = JSON.stringify(data);
  if (form.dataset.shows === wanted) return; // a rerun of the script must not empty what is being typed
  form.dataset.shows = wanted;
  form.action = data.action;
  form.replaceChildren();
  for (const [name, value] of Object.entries(data.hidden)) form.append(made("input", { type: "hidden", name, value }));
  if (data.problem) form.append(made("p", { className: "problem", role: "alert", textContent: data.problem }));
  for (const field of data.fields) form.append(...labelled(field));
  form.append(made("button", { type: "submit", textContent: data.submit }));
  remember(form, Boolean(data.problem));
  if (data.at_once) form.submit();
}

function made(tag, properties) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  return element;
}

function labelled(field) {
  const id = `door-${field.name}`;
  const input = made("input", { id, name: field.name, type: field.type, autocomplete: field.autocomplete });
  input.required = true;
  input.autocapitalize = "none";
  input.spellcheck = false;
  if (field.mode) input.inputMode = field.mode;
  const parts = [made("label", { htmlFor: id, textContent: field.label }), input];
  if (field.value) {
    input.value = field.value;
    input.readOnly = true;
  }
  if (field.hint) {
    input.setAttribute("aria-describedby", `${id}-hint`);
    parts.splice(1, 0, made("p", { className: "hint", id: `${id}-hint`, textContent: field.hint }));
  }
  if (field.show) {
    const show = made("input", { type: "checkbox" });
    show.addEventListener("change", () => (input.type = show.checked ? "text" : "password"));
    const label = made("label", { className: "tick show" });
    label.append(show, field.show);
    parts.push(label);
  }
  return parts;
}

function remember(form, mistaken) {
  const code = form.querySelector("[name=code]");
  if (!code || code.readOnly) return;
  code.value = (mistaken && sessionStorage.getItem(KEPT)) || "";
  sessionStorage.removeItem(KEPT);
  form.onsubmit = () => sessionStorage.setItem(KEPT, code.value);
  if (mistaken) form.querySelector("input[type=password]").focus();
}
