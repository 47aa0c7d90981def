// A chart that somebody points at or comes to tells its numbers, drawn anew from its own definition by the library at our own address.
// On a narrow screen it is also drawn as wide as the screen. Without this the chart is there as it came: nothing waits for it.
const LEAST = 280; // pixels: narrower than this a chart scrolls
const SMALLEST = 120; // pixels: of the drawing itself, without what stands beside it
const EDGE = 8; // pixels between what is told and the edge of the screen
const NEAR = 28; // pixels beside a row or a day within which it is still pointed at; fingers are wide
const LATER = 1500; // ms, after which is asked again for a library that is still being made
const TRIES = 20;

const seen = new Map(); // figure → what is known of it
let library;

const pause = (time) => new Promise((done) => setTimeout(done, time));

const asked = async (figure) => {
  for (let at = 0; at < TRIES; at += 1) {
    const answer = await fetch(figure.dataset.chart, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok || !answer.headers.get("Content-Type").startsWith("application/json")) return null;
    const found = await answer.json();
    if (found.library) return found;
    await pause(LATER);
  }
  return null;
};

const embedded = async (spec, { number, time }) => {
  const place = document.createElement("div");
  const { view } = await window.vegaEmbed(place, structuredClone(spec), {
    mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, hover: false,
    formatLocale: number, timeFormatLocale: time, tooltip: { disableDefaultStyle: true },
  });
  return { place, view, svg: place.querySelector("svg") };
};

// Names and numbers stand beside a drawing: how wide these are, only drawing it tells.
const fitted = async (spec, told, room) => {
  const most = Math.round(room * 0.4);
  Object.assign(spec.config.axis, { labelFontSize: 11, labelLimit: most });
  for (const { encoding } of spec.layer ?? []) if (encoding?.y?.axis?.labelLimit) encoding.y.axis.labelLimit = most;
  spec.width = Math.round((room + SMALLEST) / 2);
  let made = await embedded(spec, told);
  for (let at = 0; at < 3; at += 1) {
    const over = Number(made.svg.getAttribute("width")) - room;
    if (spec.width === SMALLEST || (over <= 0 && over > -EDGE)) break;
    made.view.finalize();
    spec.width = Math.max(Math.floor(spec.width - over), SMALLEST);
    made = await embedded(spec, told);
  }
  return made;
};

const roomOf = (one) => Math.max(LEAST, Math.min(one.natural, one.chart.clientWidth));

const draw = async (figure) => {
  const one = seen.get(figure);
  const room = roomOf(one);
  if (one.busy || one.room === room) return;
  one.busy = true;
  try {
    one.told ??= await asked(figure);
    if (one.told === null) return;
    library ??= import(one.told.library);
    await library;
    const spec = structuredClone(one.told.spec);
    const { place, view, svg } = await (room < one.natural ? fitted(spec, one.told, room) : embedded(spec, one.told));
    for (const focused of place.querySelectorAll("[tabindex]")) focused.removeAttribute("tabindex");
    svg.setAttribute("aria-hidden", "true"); // the words around it tell what it shows, not its marks
    one.view?.finalize();
    one.drawn.replaceChildren(...place.childNodes);
    one.room = room;
    one.view = view;
    one.rows = spec.layer?.some(({ encoding }) => encoding?.y?.type === "nominal");
    one.marks = marks(view, one.rows);
    figure.dataset.live = "";
    if (one.last) pointed(figure, one.last); // who pointed while it was being fetched need not point again
  } catch (error) {
    console.warn(figure.id, error);
    one.room = room; // it stays as it came
  } finally {
    one.busy = false;
  }
};

// All that has something to tell, in the order in which it is read.
const marks = (view, rows) => {
  const found = [];
  const walk = (item, x, y) => {
    if (item.tooltip && item.bounds) found.push({ item, x: x + (item.bounds.x1 + item.bounds.x2) / 2, y: y + (item.bounds.y1 + item.bounds.y2) / 2, left: x, top: y });
    for (const one of item.items ?? []) walk(one, x + (item.marktype ? 0 : item.x ?? 0), y + (item.marktype ? 0 : item.y ?? 0));
  };
  walk(view.scenegraph().root, 0, 0);
  const [first, then] = rows ? ["y", "x"] : ["x", "y"];
  return found.sort((a, b) => Math.abs(a[first] - b[first]) > 4 ? a[first] - b[first] : a[then] - b[then]);
};

// How far a pointer is beside a mark, across and along: that of the row or the day that is pointed at is told.
const away = ({ item, left, top }, x, y) => {
  const { x1, x2, y1, y2 } = item.bounds;
  return [Math.max(left + x1 - x, x - left - x2, 0), Math.max(top + y1 - y, y - top - y2, 0)];
};

const told = (one, mark, event) => {
  if (one.shown === mark) {
    if (mark === undefined || event === undefined) return;
  } else {
    one.shown?.item._svg?.classList.remove("pointed");
    mark?.item._svg?.classList.add("pointed");
    one.shown = mark;
  }
  const place = event ?? middle(one, mark);
  one.view.tooltip()(one.view, place, mark?.item, mark?.item.tooltip ?? null);
  const box = document.getElementById("vg-tooltip-element");
  box?.setAttribute("role", "status");
  if (box && mark) box.style.left = `${Math.max(EDGE, Math.min(parseFloat(box.style.left), innerWidth - box.offsetWidth - EDGE))}px`;
};

// Where a mark is on the screen, for who has no pointer there.
const middle = (one, mark) => {
  const svg = one.drawn.querySelector("svg").getBoundingClientRect();
  const [x, y] = one.view.origin();
  return new MouseEvent("mousemove", { clientX: svg.left + x + (mark?.x ?? 0), clientY: svg.top + y + (mark?.y ?? 0) });
};

const pointed = (figure, event) => {
  const one = seen.get(figure);
  one.last = event;
  if (!one.view) return;
  const svg = one.drawn.querySelector("svg").getBoundingClientRect();
  const [left, top] = one.view.origin();
  const [x, y] = [event.clientX - svg.left - left, event.clientY - svg.top - top];
  let [best, least, along] = [undefined, NEAR, Infinity];
  for (const mark of one.marks) {
    const [across, down] = away(mark, x, y);
    const [far, further] = one.rows ? [down, across] : [across, down];
    if (far < least || (far === least && further < along)) [best, least, along] = [mark, far, further];
  }
  told(one, best, event);
};

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const stepped = (figure, event) => {
  const one = seen.get(figure);
  if (!one.view || event.target !== one.chart) return;
  if (event.key === "Escape" && one.shown) {
    told(one, undefined);
    return;
  }
  const step = STEPS[event.key];
  if (!step || !one.marks.length || one.chart.scrollWidth > one.chart.clientWidth) return;
  event.preventDefault();
  const from = one.shown ? one.marks.indexOf(one.shown) : step > 0 ? -1 : one.marks.length;
  const mark = one.marks[Math.max(0, Math.min(one.marks.length - 1, from + step))];
  told(one, mark, middle(one, mark));
};

const left = (one) => {
  one.last = undefined;
  if (one.view) told(one, undefined);
};

// Narrow screens have no room for what was drawn: there it is drawn anew as soon as it comes into sight, and not where data is dear.
const inSight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const one = seen.get(target);
    if (isIntersecting && one.natural > one.chart.clientWidth && !navigator.connection?.saveData) draw(target);
  }
}, { rootMargin: "200px" });

const ready = () => {
  for (const [figure, one] of seen) {
    if (figure.isConnected) continue; // a part of the page was put in place of another
    one.view?.finalize();
    seen.delete(figure);
  }
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    if (seen.has(figure)) continue;
    const [chart, drawn] = [figure.querySelector(".chart"), figure.querySelector(".drawn")];
    const one = { chart, drawn, natural: Number(drawn.querySelector("svg").getAttribute("width")), room: 0 };
    seen.set(figure, one);
    for (const how of ["pointerenter", "pointerdown", "focus"]) chart.addEventListener(how, () => draw(figure));
    for (const how of ["pointermove", "pointerdown"]) drawn.addEventListener(how, (event) => pointed(figure, event));
    drawn.addEventListener("pointerleave", (event) => event.pointerType === "touch" || left(one)); // a finger is lifted to read
    chart.addEventListener("blur", () => left(one));
    chart.addEventListener("keydown", (event) => stepped(figure, event));
    inSight.observe(figure);
  }
};

let waiting;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => seen.forEach((one, figure) => (one.view || one.natural > one.chart.clientWidth) && draw(figure)), 200);
});
document.addEventListener("pointerdown", ({ target }) => seen.forEach((one) => one.drawn.contains(target) || left(one)));
addEventListener("scroll", () => seen.forEach((one) => one.shown && left(one)), { passive: true, capture: true });
document.addEventListener("htmx:afterSettle", ready);
ready();
