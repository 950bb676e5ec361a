/** The component of a kind of upload: kept over reruns, closed when it leaves the page. */
function uploadComponent(Kind) {
  const uploads = new WeakMap();
  return ({ data: [data], parentElement, setStateValue }) => {
    const root = parentElement.querySelector(".upload");
    if (!uploads.has(root)) uploads.set(root, new Kind(root));
    const upload = uploads.get(root);
    const turn = (upload.turn = (upload.turn ?? 0) + 1);
    followTheme(root);
    upload.update(data, setStateValue);
    // Streamlit may run the cleanup of an overtaken call after the next call: only the last one closes.
    return () => {
      if (upload.turn !== turn) return;
      upload.close();
      uploads.delete(root);
      root.replaceChildren();
    };
  };
}
