// Adds what scripts can add. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "./govuk.js";

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}

for (const button of document.querySelectorAll("[data-app-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Where the browser lets nobody copy by script, the text is there to be marked and copied by hand.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-app-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.appCopy).value);
    button.querySelector("[data-app-copy-word]").textContent = "Copied";
  });
}

const menus = document.querySelectorAll("details.app-account, details.app-more");

// An open menu closes with Escape and hands the focus back, or when the reader goes elsewhere.
for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

document.addEventListener("click", (event) => {
  for (const menu of menus) {
    if (menu.open && !menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

const tables = document.querySelectorAll('[data-module="moj-sortable-table"]');

if (tables.length > 0) {
  import("./moj-sortable-table.js").then(({ SortableTable }) => createAll(SortableTable));
}

const presence = document.querySelector("[data-app-here]");

if (presence) {
  import("./presence.js").then(({ watch }) => watch(presence));
}

const keeping = document.querySelectorAll("form[data-app-keep]");

if (keeping.length > 0) {
  import("./keep.js").then(({ keep }) => keeping.forEach(keep));
}

const amounts = document.querySelector("[data-app-payments]");

if (amounts) {
  import("./annual.js").then(({ watch }) => watch(amounts));
}
