// Runs in the page. Text, so that no bundler changes it; every value of a lead is set as text, never as markup.
export const script = String.raw`
const main = document.querySelector("main");
const STATES = {
  review: "Nobody can tell whether they were processed.",
  rejected: "The API said no.",
  quarantined: "A guard caught them.",
  queued: "They wait to be sent.",
  sending: "They are on their way.",
  delivered: "The API said yes.",
  dropped: "They were given up.",
};
const RESENDABLE = ["review", "rejected", "quarantined"];
const DROPPABLE = [...RESENDABLE, "queued"];

// In this page's memory only: a reload forgets it.
let secret = "";
let listeners = [];
let listener = "";
let state = "review";
let leads = [];
let next;
const chosen = new Set();

const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const alarm = make("p", { className: "alarm", role: "alert" });
const said = make("p", { className: "said quiet", role: "status" });
const view = make("div", { className: "view" });
main.append(make("h1", {}, "Leads"), alarm, said, view);

const ask = async (path, order) => {
  const response = await fetch(main.dataset.api + path, {
    headers: { Authorization: "Bearer " + secret, ...(order && { "Content-Type": "application/json" }) },
    ...(order && { method: "POST", body: JSON.stringify(order) }),
  });
  if (response.ok) return response;
  const { message } = await response.json().catch(() => ({}));
  throw new Error(response.status === 404 ? "This is not the secret." : message || "The relay answered with " + response.status + ".");
};

// One thing at a time, and what went wrong is said.
let busy = false;
const run = async (action) => {
  if (busy) return;
  busy = true;
  alarm.textContent = "";
  said.textContent = "";
  try {
    await action();
  } catch (error) {
    alarm.textContent = error instanceof TypeError ? "The relay cannot be reached." : error.message;
  } finally {
    busy = false;
  }
};

const button = (text, onclick, props) => make("button", { type: "button", onclick: () => run(onclick), ...props }, text);

const askForSecret = () => {
  const input = make("input", { type: "password", id: "secret", required: true, autocomplete: "off", spellcheck: false });
  const form = make(
    "form",
    { autocomplete: "off" },
    make("label", { htmlFor: "secret" }, "Review secret"),
    input,
    make("button", { className: "main" }, "Show the leads"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(async () => {
      secret = input.value.trim();
      await load();
    });
  });
  view.replaceChildren(form);
  input.focus();
};

const load = async () => {
  ({ listeners } = await (await ask("/status")).json());
  if (!listeners.some(({ id }) => id === listener)) listener = listeners[0].id;
  await list();
};

const list = async (after) => {
  const query = new URLSearchParams({ listener, state, ...(after && { after }) });
  const page = await (await ask("/leads?" + query)).json();
  leads = after ? [...leads, ...page.leads] : page.leads;
  next = page.next;
  if (!after) chosen.clear();
  show();
};

const order = (name, question, done) => async () => {
  const ids = [...chosen];
  if (!confirm(question(ids.length))) return;
  let changed = 0;
  for (let index = 0; index < ids.length; index += 100) {
    changed += (await (await ask("/" + name, { listener, ids: ids.slice(index, index + 100) })).json()).changed;
  }
  await load();
  said.textContent = count(changed) + " " + done;
};

const exportCsv = async () => {
  const parts = [];
  let after;
  do {
    const part = await ask("/leads.csv?" + new URLSearchParams({ listener, state, ...(after && { after }) }));
    after = part.headers.get("Next");
    parts.push(await part.blob());
  } while (after);
  // The mark at its beginning tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", ...parts], { type: "text/csv" }));
  make("a", { href: url, download: listener + "-" + state + ".csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

const count = (number) => number + (number === 1 ? " lead" : " leads");

const age = (at) => {
  const minutes = Math.max(0, Math.floor((Date.now() - at) / 60000));
  if (minutes < 1) return "just now";
  if (minutes < 60) return minutes + " min ago";
  if (minutes < 48 * 60) return Math.floor(minutes / 60) + " h ago";
  return Math.floor(minutes / 60 / 24) + " days ago";
};

const show = () => {
  const focused = document.activeElement?.dataset?.focus;
  const own = listeners.find(({ id }) => id === listener);
  view.replaceChildren(
    ...(listeners.length > 1 ? [choiceOfListener()] : []),
    ...(own.paused ? [paused(own)] : []),
    states(own),
    make("h2", {}, state + ": " + count(own.counts[state])),
    make("p", { className: "quiet" }, STATES[state]),
    tools(own),
    make("ul", {}, ...leads.map(item)),
    ...(next ? [button("Show more", () => list(next))] : []),
  );
  arm();
  view.querySelector('[data-focus="' + focused + '"]')?.focus();
};

const focusable = (element, name) => {
  element.dataset.focus = name;
  return element;
};

const choiceOfListener = () => {
  const select = make("select", { id: "listener" }, ...listeners.map(({ id }) => make("option", { value: id, selected: id === listener }, id)));
  select.addEventListener("change", () =>
    run(async () => {
      listener = select.value;
      await load();
    }),
  );
  return make("div", { className: "row" }, make("label", { htmlFor: "listener" }, "Listener"), focusable(select, "listener"));
};

const paused = ({ paused }) =>
  make(
    "div",
    { className: "alarm" },
    make("p", {}, "Sending is paused. " + paused),
    button("Resume sending", async () => {
      await ask("/resume", { listener });
      await load();
      said.textContent = "Sending goes on.";
    }),
  );

const states = ({ counts }) => {
  const row = make("div", { className: "row" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "State");
  for (const name of Object.keys(STATES)) {
    const one = button(name + " " + counts[name], async () => {
      state = name;
      await load();
    });
    one.setAttribute("aria-pressed", String(name === state));
    row.append(focusable(one, name));
  }
  return row;
};

const tools = ({ counts }) => {
  const all = button("Select all shown", () => {
    const isAll = chosen.size === leads.length;
    chosen.clear();
    if (!isAll) for (const { id } of leads) chosen.add(id);
    show();
  });
  const twice = state === "review" ? " Those that were processed after all text a person twice." : "";
  const row = make("div", { className: "row" });
  all.disabled = leads.length === 0;
  if (DROPPABLE.includes(state)) row.append(focusable(all, "all"));
  if (RESENDABLE.includes(state)) {
    const question = (number) => "Send " + count(number) + " again?" + twice;
    row.append(focusable(button("Resend", order("resend", question, "will be sent."), { className: "on-chosen" }), "resend"));
  }
  if (DROPPABLE.includes(state)) {
    const question = (number) => "Give up " + count(number) + "? What is given up is not sent.";
    row.append(focusable(button("Drop", order("drop", question, "given up."), { className: "on-chosen" }), "drop"));
  }
  row.append(
    focusable(button("Export as CSV", exportCsv, { disabled: counts[state] === 0 }), "export"),
    focusable(button("Refresh", load), "refresh"),
  );
  return row;
};

const arm = () => {
  for (const one of view.querySelectorAll(".on-chosen")) one.disabled = chosen.size === 0;
};

const item = (lead) => {
  const box = make("input", { type: "checkbox", checked: chosen.has(lead.id) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(lead.id);
    else chosen.delete(lead.id);
    arm();
  });
  const received = make("time", { dateTime: new Date(lead.receivedAt).toISOString() }, age(lead.receivedAt));
  received.title = new Date(lead.receivedAt).toLocaleString();
  const tries = lead.attempts + (lead.attempts === 1 ? " attempt" : " attempts") + (lead.status ? ", last answer " + lead.status : "");
  const about = make("div", {}, make("div", { className: "text" }, lead.reason), make("div", { className: "quiet" }, "received ", received, ", " + tries));
  const { extendedAttributes, ...visitor } = lead.submission?.visitor ?? {};
  const fields = Object.entries({ ...visitor, ...extendedAttributes, ...lead.submission?.args });
  const body = lead.submission
    ? make("dl", {}, ...fields.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value))]))
    : make("div", { className: "quiet" }, "Its contents have been erased.");
  about.append(body);
  return make("li", {}, DROPPABLE.includes(state)
    ? make("label", { className: "lead" }, focusable(box, lead.id), about)
    : make("div", { className: "lead" }, about));
};

askForSecret();
`;
