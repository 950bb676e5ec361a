// What Streamlit gets of a component: fetches the rest, and waits for it where the line is away. A browser does not ask
// twice for a script that it could not fetch, unless its address is another.

const LONGEST_WAIT_MS = 10000;

async function fetched(tried = 0) {
  try {
    return await import(`${location.origin}ADDRESS${tried ? `?${tried}` : ""}`);
  } catch (error) {
    console.warn(error);
    await new Promise((done) => setTimeout(done, Math.min(500 * 2 ** tried, LONGEST_WAIT_MS)));
    return fetched(tried + 1);
  }
}

const whole = fetched();

export default async (given) => {
  const { default: begin, putInto } = await whole;
  putInto(given.parentElement);
  return begin(given);
};
