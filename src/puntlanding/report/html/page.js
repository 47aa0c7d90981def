// Draws the charts that come into view with their numbers on pointing, and lets tables be sorted. Without it all is there already.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const specs = read("charts");
  const notation = read("notation");
  const options = {
    mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false,
    formatLocale: notation.number, timeFormatLocale: notation.time,
    tooltip: { disableDefaultStyle: true },
  };
  const least = 280;
  const beyond = 72; // words beside a bar stick out of what is fitted

  const draw = async (figure) => {
    const place = figure.querySelector(".drawn");
    const still = place.querySelector("svg");
    const natural = Number(figure.dataset.natural || (figure.dataset.natural = still.getAttribute("width")));
    const room = Math.max(least, Math.min(natural, figure.querySelector(".chart").clientWidth));
    if (Number(figure.dataset.room) === room) return;
    figure.dataset.room = room;
    const spec = structuredClone(specs[figure.id]);
    if (room < natural && "layer" in spec) {
      spec.autosize = { type: "fit-x", contains: "padding" };
      spec.width = room;
      spec.padding = { left: 2, top: 5, bottom: 5, right: "text" in marks(spec) ? beyond : 5 };
      narrow(spec, Math.round(room * 0.38));
    }
    const target = document.createElement("div");
    try {
      await vegaEmbed(target, spec, options);
      place.replaceChildren(...target.childNodes);
      place.querySelector("svg").setAttribute("aria-hidden", "true");
      figure.dataset.drawn = "by the browser";
      for (const one of place.querySelectorAll("[tabindex]")) one.removeAttribute("tabindex");
    } catch (error) {
      console.error(figure.id, error);
    }
  };

  const marks = (spec) => Object.fromEntries(spec.layer.map((one) => [one.mark?.type ?? one.mark, one]));

  const narrow = (spec, most) => {
    spec.config.axis.labelLimit = most;
    for (const layer of spec.layer) {
      const axis = layer.encoding?.y?.axis;
      if (axis?.labelLimit) axis.labelLimit = most;
      const across = layer.encoding?.x?.axis;
      if (across) across.tickCount = 3;
    }
  };

  const seen = new IntersectionObserver((entries) => {
    for (const one of entries) if (one.isIntersecting) draw(one.target);
  }, { rootMargin: "400px" });
  const figures = [...document.querySelectorAll("figure")];
  figures.forEach((one) => seen.observe(one));

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => figures.filter((one) => one.dataset.room).forEach(draw), 200);
  });

  for (const figure of figures) {
    const save = document.createElement("a");
    save.href = "#" + figure.id;
    save.textContent = notation.words.picture;
    save.addEventListener("click", (event) => {
      event.preventDefault();
      const copy = figure.querySelector(".drawn svg").cloneNode(true);
      copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
      link.download = figure.id + ".svg";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    figure.querySelector(".take")?.append(" ", save);
  }

  const measure = () => {
    for (const wide of document.querySelectorAll(".wide")) {
      wide.classList.remove("fits");
      wide.classList.toggle("fits", wide.clientWidth > 0 && wide.scrollWidth <= wide.clientWidth); // its heading can stick to the window
    }
  };
  measure();
  addEventListener("resize", measure);
  document.addEventListener("toggle", measure, true);

  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const first = [...body.rows];
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.title = notation.words.sort;
      head.append(button);
      button.addEventListener("click", () => {
        const order = { descending: "ascending", ascending: "none" }[head.getAttribute("aria-sort")] ?? "descending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (order !== "none") head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const value = (row) => row.cells[at].dataset.sort;
        const rows = order === "none" ? first : [...first].sort((a, b) => {
          if (at === 0) return -sign * a.cells[0].textContent.localeCompare(b.cells[0].textContent, document.documentElement.lang);
          if (value(a) === undefined || value(b) === undefined) return (value(a) === undefined) - (value(b) === undefined);
          return sign * (Number(value(a)) - Number(value(b)));
        });
        body.append(...rows);
      });
    });
  }

  const toOpen = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  };
  addEventListener("hashchange", toOpen);
  toOpen();
})();
