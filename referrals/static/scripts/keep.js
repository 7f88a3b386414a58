// Keeps on the server what is being typed into the long boxes of a form, so that it is there again when the form is.
const EVERY = 10_000;

export function keep(form) {
  const boxes = [...form.querySelectorAll("textarea")];
  const place = document.createElement("p");
  let timer = null;
  // What the page came with: somebody may have typed before this script was there.
  let kept = JSON.stringify(boxes.map((box) => box.defaultValue));
  let over = false;

  place.className = "app-kept";
  place.setAttribute("role", "status");
  boxes.at(-1).closest(".govuk-form-group").after(place);

  function texts() {
    return JSON.stringify(boxes.map((box) => box.value));
  }

  async function send(keepalive) {
    clearTimeout(timer);
    timer = null;
    const now = texts();
    if (over || now === kept) {
      return;
    }
    const body = new URLSearchParams();
    for (const name of ["csrf_token", "form_key"]) {
      body.set(name, form.elements.namedItem(name)?.value ?? "");
    }
    for (const box of boxes) {
      body.set(box.name, box.value);
    }
    const answer = await fetch(form.dataset.appKeep, { method: "POST", body, keepalive }).catch(() => null);
    if (over) {
      return;
    }
    if (answer && answer.ok) {
      kept = now;
      place.textContent = await answer.text();
    } else if (answer && answer.status !== 429) {
      place.textContent = "What you type is not being kept now. Do not close this page before you send it.";
    }
  }

  for (const box of boxes) {
    box.addEventListener("input", () => {
      timer ??= setTimeout(send, EVERY);
    });
    box.addEventListener("change", () => send(false));
  }
  if (texts() !== kept) {
    timer = setTimeout(send, EVERY);
  }
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      send(true);
    }
  });
  // Back from the browser's memory, the form can be sent again.
  window.addEventListener("pageshow", () => {
    over = false;
  });
}
