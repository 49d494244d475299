// Small comforts on top of pages that work without JavaScript.
(() => {
  "use strict";

  // The menu button on narrow screens.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (button) {
      const open = document.getElementById(button.dataset.toggle).classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    }
    // A menu closes when the person clicks elsewhere.
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // After a refused form the reader starts at the list of problems.
  const problems = document.querySelector("[data-focus]");
  if (problems) problems.focus();

  // A link to a field in the error summary moves the focus, also to the first choice of a group.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".kk-error-summary a");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    const field = target && (target.matches("input, select, textarea") ? target : target.querySelector("input"));
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });

  // Empty filters stay out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("form[data-live]")) return;
    const parameters = event.detail.parameters;
    for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.kk-filters")) return;
    for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
  });

  // The file field shows that something can be dropped on it.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.matches?.('input[type="file"]')) event.target.classList.toggle("is-over", kind === "dragover");
    });
  }

  // On paper every table is open.
  addEventListener("beforeprint", () => {
    for (const table of document.querySelectorAll("details.kk-chart__table")) table.open = true;
  });
})();
