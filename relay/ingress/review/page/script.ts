// Runs in the page.
import { LEAD_STATES, type LeadState, STATES } from "../../../outbox/states.ts";
import type { LeadView } from "../../../outbox/types.ts";
import { focusable, make } from "./dom.ts";
import { ask, type LeadPage, type ListenerStatus, useSecret } from "./relay.ts";

const main = document.querySelector("main") ?? document.body;
let listeners: ListenerStatus[] = [];
let listener = "";
let state: LeadState = "review";
let leads: LeadView[] = [];
let next: string | undefined;
const chosen = new Set<string>();

const alarm = make("p", { className: "alarm", role: "alert" });
const said = make("p", { className: "said quiet", role: "status" });
const view = make("div", { className: "view" });
main.append(make("h1", {}, "Leads"), alarm, said, view);

// One thing at a time, and what went wrong is said.
let busy = false;
type Action = () => unknown;

const run = async (action: Action) => {
  if (busy) return;
  busy = true;
  alarm.textContent = "";
  said.textContent = "";
  try {
    await action();
  } catch (error) {
    alarm.textContent = error instanceof TypeError ? "The relay cannot be reached." : (error as Error).message;
  } finally {
    busy = false;
  }
};

const button = (text: string, onclick: Action, props: Partial<HTMLButtonElement> = {}) =>
  make("button", { type: "button", onclick: () => run(onclick), ...props }, text);

const askForSecret = () => {
  const input = make("input", {
    type: "password",
    id: "secret",
    required: true,
    autocomplete: "off",
    spellcheck: false,
  });
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
      useSecret(input.value.trim());
      await load();
    });
  });
  view.replaceChildren(form);
  input.focus();
};

const load = async () => {
  ({ listeners } = (await (await ask("/status")).json()) as { listeners: ListenerStatus[] });
  if (!listeners.some(({ id }) => id === listener)) listener = listeners[0]?.id ?? "";
  await list();
};

const list = async (after?: string) => {
  const query = new URLSearchParams({ listener, state, ...(after && { after }) });
  const page = (await (await ask(`/leads?${query}`)).json()) as LeadPage;
  leads = after ? [...leads, ...page.leads] : page.leads;
  next = page.next;
  if (!after) chosen.clear();
  show();
};

const order = (name: "resend" | "drop", question: (count: number) => string, done: string) => async () => {
  const ids = [...chosen];
  if (!confirm(question(ids.length))) return;
  let changed = 0;
  for (let index = 0; index < ids.length; index += 100) {
    const answer = await ask(`/${name}`, { listener, ids: ids.slice(index, index + 100) });
    changed += ((await answer.json()) as { changed: number }).changed;
  }
  await load();
  said.textContent = `${count(changed)} ${done}`;
};

const exportCsv = async () => {
  const parts: Blob[] = [];
  let after: string | null = null;
  do {
    const query: URLSearchParams = new URLSearchParams({ listener, state, ...(after && { after }) });
    const part: Response = await ask(`/leads.csv?${query}`);
    after = part.headers.get("Next");
    parts.push(await part.blob());
  } while (after);
  // The mark at its beginning tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", ...parts], { type: "text/csv" }));
  make("a", { href: url, download: `${listener}-${state}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

const count = (number: number) => `${number} ${number === 1 ? "lead" : "leads"}`;

const age = (at: number) => {
  const minutes = Math.max(0, Math.floor((Date.now() - at) / 60000));
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 60 / 24)} days ago`;
};

const show = () => {
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement ? activeElement.dataset["focus"] : undefined;
  const own = listeners.find(({ id }) => id === listener);
  if (!own) return;
  view.replaceChildren(
    ...(listeners.length > 1 ? [choiceOfListener()] : []),
    ...(own.paused ? [paused(own.paused)] : []),
    states(own),
    make("h2", {}, `${state}: ${count(own.counts[state])}`),
    make("p", { className: "quiet" }, STATES[state].meaning),
    tools(own),
    make("ul", {}, ...leads.map(item)),
    ...(next ? [button("Show more", () => list(next))] : []),
  );
  arm();
  view.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
};

const choiceOfListener = () => {
  const select = make(
    "select",
    { id: "listener" },
    ...listeners.map(({ id }) => make("option", { value: id, selected: id === listener }, id)),
  );
  select.addEventListener("change", () =>
    run(async () => {
      listener = select.value;
      await load();
    }),
  );
  return make(
    "div",
    { className: "row" },
    make("label", { htmlFor: "listener" }, "Listener"),
    focusable(select, "listener"),
  );
};

const paused = (why: string) =>
  make(
    "div",
    { className: "alarm" },
    make("p", {}, `Sending is paused. ${why}`),
    button("Resume sending", async () => {
      await ask("/resume", { listener });
      await load();
      said.textContent = "Sending goes on.";
    }),
  );

const states = ({ counts }: ListenerStatus) => {
  const row = make("div", { className: "row" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "State");
  for (const name of LEAD_STATES) {
    const one = button(`${name} ${counts[name]}`, async () => {
      state = name;
      await load();
    });
    one.setAttribute("aria-pressed", String(name === state));
    row.append(focusable(one, name));
  }
  return row;
};

const tools = ({ counts }: ListenerStatus) => {
  const all = button("Select all shown", () => {
    const isAll = chosen.size === leads.length;
    chosen.clear();
    if (!isAll) for (const { id } of leads) chosen.add(id);
    show();
  });
  const twice = state === "review" ? " Those that were processed after all text a person twice." : "";
  const row = make("div", { className: "row" });
  all.disabled = leads.length === 0;
  if (STATES[state].droppable) row.append(focusable(all, "all"));
  if (STATES[state].resendable) {
    const question = (number: number) => `Send ${count(number)} again?${twice}`;
    row.append(
      focusable(button("Resend", order("resend", question, "will be sent."), { className: "on-chosen" }), "resend"),
    );
  }
  if (STATES[state].droppable) {
    const question = (number: number) => `Give up ${count(number)}? What is given up is not sent.`;
    row.append(focusable(button("Drop", order("drop", question, "given up."), { className: "on-chosen" }), "drop"));
  }
  row.append(
    focusable(button("Export as CSV", exportCsv, { disabled: counts[state] === 0 }), "export"),
    focusable(button("Refresh", load), "refresh"),
  );
  return row;
};

const arm = () => {
  for (const one of view.querySelectorAll<HTMLButtonElement>(".on-chosen")) one.disabled = chosen.size === 0;
};

const item = (lead: LeadView) => {
  const box = make("input", { type: "checkbox", checked: chosen.has(lead.id) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(lead.id);
    else chosen.delete(lead.id);
    arm();
  });
  const received = make("time", { dateTime: new Date(lead.receivedAt).toISOString() }, age(lead.receivedAt));
  received.title = new Date(lead.receivedAt).toLocaleString();
  const tries =
    lead.attempts +
    (lead.attempts === 1 ? " attempt" : " attempts") +
    (lead.status ? `, last answer ${lead.status}` : "");
  const about = make(
    "div",
    {},
    make("div", { className: "text" }, lead.reason),
    make("div", { className: "quiet" }, "received ", received, `, ${tries}`),
  );
  const { extendedAttributes, ...visitor } = lead.submission?.visitor ?? {};
  const fields = Object.entries({ ...visitor, ...extendedAttributes, ...lead.submission?.args });
  const body = lead.submission
    ? make(
        "dl",
        {},
        ...fields.flatMap(([name, value]) => [
          make("dt", {}, name),
          make("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value)),
        ]),
      )
    : make("div", { className: "quiet" }, "Its contents have been erased.");
  about.append(body);
  return make(
    "li",
    {},
    STATES[state].droppable
      ? make("label", { className: "lead" }, focusable(box, lead.id), about)
      : make("div", { className: "lead" }, about),
  );
};

askForSecret();
