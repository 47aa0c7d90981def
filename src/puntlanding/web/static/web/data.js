// Says that something is being sent, and that once is enough. Without it the form works all the same.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-sending]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("button");
      button.disabled = true;
      const told = document.createElement("p");
      told.className = "hint";
      told.setAttribute("role", "status");
      told.textContent = form.dataset.sending;
      button.after(told);
    });
  }
  // who comes back with the browser's own button can send again
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-sending] button")) button.disabled = false;
  });
})();
