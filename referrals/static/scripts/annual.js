// Says while a sum is typed what a regular payment comes to in a year. The payments in a year come with the page.
const AMOUNT = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?$/;

export function watch(group) {
  const payments = JSON.parse(group.dataset.appPayments);

  for (const place of group.querySelectorAll("[data-app-year]")) {
    const row = place.parentElement;
    const [kind, amount, frequency] = ["kind", "amount", "frequency"].map((name) => row.querySelector(`[name$="-${name}"]`));

    function show() {
      const typed = amount.value.replace(/[\s£]/g, "");
      const times = payments[frequency.value];
      if (!AMOUNT.test(typed) || !times || (kind.value && kind.value !== group.dataset.appRecurring)) {
        place.textContent = "";
        return;
      }
      const pence = Math.round(Number(typed.replaceAll(",", "")) * 100);
      const often = frequency.selectedOptions[0].text;
      place.textContent = `${pounds(pence)} ${often[0].toLowerCase()}${often.slice(1)} is ${pounds(pence * times)} a year`;
    }

    for (const input of [kind, amount, frequency]) {
      input.addEventListener("input", show);
    }
    show();
  }
}

function pounds(pence) {
  const shown = (pence / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `£${shown.replace(/\.00$/, "")}`;
}
