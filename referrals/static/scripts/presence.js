// Says now and then that the page is being looked at, and tells its reader who else has it open.
const EVERY = 60_000;

export function watch(place) {
  const token = document.querySelector("input[name=csrf_token]");

  async function ask() {
    if (document.visibilityState !== "visible") {
      return;
    }
    const body = new URLSearchParams({ csrf_token: token.value });
    const answer = await fetch(place.dataset.appHere, { method: "POST", body }).catch(() => null);
    if (answer && answer.ok) {
      const words = await answer.text();
      if (place.textContent !== words) {
        place.textContent = words;
      }
    } else if (answer && answer.status !== 429) {
      // Signed out, or no longer theirs: nothing more is said or asked.
      clearInterval(timer);
      place.textContent = "";
    }
  }

  const timer = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  if ("appHereNow" in place.dataset) {
    ask();
  }
}
