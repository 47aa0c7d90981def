// Says so when the server cannot be reached, or refuses a part of the page, where a page that waits would wait for ever.
(() => {
  "use strict";
  const dutch = document.documentElement.lang === "nl";
  const AWAY = dutch
    ? "De server is niet te bereiken. Deze pagina probeert het vanzelf opnieuw; wat u typte, staat er nog."
    : "The server cannot be reached. This page tries again by itself; what you typed is still there.";
  const LOG_IN = dutch ? "Log in, in een nieuw tabblad" : "Log in, in a new tab";

  const over = () => document.getElementById("bereik")?.remove();
  const say = (text, link) => {
    const now = document.getElementById("bereik");
    if (now?.dataset.text === text) return; // said once, however often it is asked
    over();
    const told = document.createElement("p");
    told.id = "bereik";
    told.className = "message error";
    told.setAttribute("role", "alert");
    told.dataset.text = text;
    told.textContent = text;
    if (link) {
      const there = document.createElement("a");
      there.href = "/account/login/";
      there.target = "_blank";
      there.textContent = LOG_IN;
      told.append(" ", there);
    }
    document.getElementById("inhoud").prepend(told);
  };

  document.addEventListener("htmx:sendError", () => say(AWAY));
  document.addEventListener("htmx:timeout", () => say(AWAY));
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    const page = new DOMParser().parseFromString(responseText, "text/html");
    if (page.querySelector("nav")) return; // a whole page, which tells what is wrong itself
    const title = page.querySelector("h1")?.textContent;
    const text = page.querySelector("h1 + p")?.textContent;
    say(title && text ? `${title}. ${text}` : AWAY, status === 401);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) over();
  });
})();
