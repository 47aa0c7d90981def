// Lets tables be sorted, keeps their headings in sight, puts meanings away, and opens what an address points to. Without it all is there already.
(() => {
  "use strict";
  const dutch = document.documentElement.lang === "nl";

  const measure = () => {
    for (const wide of document.querySelectorAll(".wide")) {
      wide.classList.remove("fits");
      wide.classList.toggle("fits", wide.clientWidth > 0 && wide.scrollWidth <= wide.clientWidth);
    }
  };

  // 1.234,56 and 1,234.56 as a number; a dash is none
  const value = (cell) => {
    const text = cell.textContent.trim().replace("\u2212", "-").replace(/[^\d.,-]/g, "");
    const plain = dutch ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
    return plain === "" || plain === "-" ? null : Number(plain);
  };

  const sortable = (table) => {
    if (table.dataset.ready) return;
    table.dataset.ready = "1";
    const body = table.tBodies[0];
    const first = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      if (head.classList.contains("drawing")) return;
      const button = document.createElement("button");
      button.type = "button";
      const name = (head.querySelector(".term")?.firstChild ?? head).textContent.trim();
      button.setAttribute("aria-label", (dutch ? "Sorteer op " : "Sort by ") + name);
      button.textContent = "↕";
      head.append(" ", button);
      head.classList.add("sorted-by");
      button.addEventListener("click", () => {
        const order = { descending: "ascending", ascending: "none" }[head.getAttribute("aria-sort")] ?? "descending";
        for (const other of heads) {
          other.removeAttribute("aria-sort");
          const mark = other.querySelector("button");
          if (mark) mark.textContent = "↕";
        }
        if (order !== "none") head.setAttribute("aria-sort", order);
        button.textContent = { ascending: "↑", descending: "↓", none: "↕" }[order];
        const sign = order === "ascending" ? 1 : -1;
        const rows = order === "none" ? first : [...first].sort((a, b) => {
          if (at === 0) return -sign * a.cells[0].textContent.localeCompare(b.cells[0].textContent, document.documentElement.lang);
          const [one, other] = [value(a.cells[at]), value(b.cells[at])];
          if (one === null || other === null) return (one === null) - (other === null);
          return sign * (one - other);
        });
        body.append(...rows);
      });
    });
  };

  const ready = () => {
    document.querySelectorAll("table.sortable").forEach(sortable);
    measure();
  };
  // Escape puts a meaning away until somebody points at its word, or comes to it, again
  const told = () => document.querySelectorAll(".term:hover > .meaning, .term:focus > .meaning");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const one of told()) one.style.display = "none";
  });
  const again = (event) => {
    const one = event.target.closest?.(".term")?.querySelector(":scope > .meaning");
    if (one) one.style.display = "";
  };
  document.addEventListener("focusout", again);
  document.addEventListener("mouseout", (event) => {
    if (!event.target.closest?.(".term")?.contains(event.relatedTarget)) again(event);
  });

  // on a phone the way around is a strip: the page that is open is in sight
  for (const one of document.querySelectorAll("nav [aria-current]")) {
    const strip = one.closest(".second") ?? one.closest("ul");
    strip.scrollLeft = one.offsetLeft - strip.offsetLeft - (strip.clientWidth - one.offsetWidth) / 2;
  }

  ready();
  addEventListener("resize", measure);
  document.addEventListener("toggle", measure, true);
  document.addEventListener("htmx:afterSettle", () => {
    ready();
    const told = document.querySelector(".asked > aside") ?? document.getElementById("uitleg");
    told?.focus({ preventScroll: true });
    told?.scrollIntoView({ block: "nearest" });
  });
})();
