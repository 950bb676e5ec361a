/* A component that is one object for as long as it stands on the page, over all reruns of the script. */

/** The component of a kind of object: `new Kind(parentElement, data)`, then `update(data, send)` at each rerun, `begin()`
 * after the first, `close()` when it leaves. `yields(data)`: whether another one is to stand in its place. */
function keptComponent(Kind, send = "setTriggerValue") {
  const kept = new WeakMap();
  return ({ parentElement, data: [data], ...component }) => {
    let one = kept.get(parentElement);
    const fresh = one?.yields?.(data) ?? one === undefined;
    if (fresh) {
      one?.close();
      one = new Kind(parentElement, data);
      kept.set(parentElement, one);
    }
    const turn = (one.turn = (one.turn ?? 0) + 1);
    one.update(data, component[send]);
    if (fresh) one.begin?.();
    // Streamlit may run the cleanup of an overtaken call after the next call: only the last one closes.
    return () => {
      if (one.turn !== turn) return;
      one.close();
      kept.delete(parentElement);
    };
  };
}
