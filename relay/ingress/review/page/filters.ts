// The owner's search.
import { LEAD_STATES } from "../../../outbox/states.ts";
import { button, run } from "./busy.ts";
import { focusable, make } from "./dom.ts";
import { list, load, model, status } from "./model.ts";

export const choiceOfListener = (): HTMLElement => {
  const options = model.listeners.map(({ id, isConfigured, isBroken }) => {
    const note = isBroken ? " (does not answer)" : isConfigured ? "" : " (no longer configured)";
    return make("option", { value: id, selected: id === model.listener }, id + note);
  });
  const select = make("select", { id: "listener" }, ...options);
  select.addEventListener("change", () =>
    run(async () => {
      model.listener = select.value;
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

export const states = (): HTMLElement => {
  const { counts } = status() ?? {};
  const row = make("div", { className: "row" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "State");
  const total = Object.values(counts ?? {}).reduce((sum, number) => sum + number, 0);
  for (const name of [...LEAD_STATES, "all"] as const) {
    const one = button(`${name} ${name === "all" ? total : (counts?.[name] ?? 0)}`, async () => {
      model.state = name;
      await load();
    });
    one.setAttribute("aria-pressed", String(name === model.state));
    row.append(focusable(one, name));
  }
  return row;
};

export const search = (): HTMLElement => {
  const input = (name: string, type: string, label: string) => {
    const field = make("input", {
      id: name,
      name,
      type,
      value: model.filters[`${name}Shown`] ?? model.filters[name] ?? "",
    });
    return make("span", { className: "field" }, make("label", { htmlFor: name }, label), focusable(field, name));
  };
  const form = make(
    "form",
    { className: "search" },
    input("text", "search", "Name, number, words or id"),
    input("from", "date", "From"),
    input("to", "date", "To"),
    focusable(make("button", {}, "Search"), "search"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const given = (name: string) => String(data.get(name) ?? "").trim();
    run(async () => {
      model.filters = {
        ...(given("text") && { text: given("text") }),
        ...(given("from") && { from: String(beginningOf(given("from"))), fromShown: given("from") }),
        ...(given("to") && { to: String(beginningOf(given("to")) + 86_400_000), toShown: given("to") }),
      };
      await list();
    });
  });
  return form;
};

/** When a day begins in the owner's time zone. */
const beginningOf = (day: string): number => {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const shown = new Date(utc).toLocaleString("sv-SE", { timeZone: model.timeZone });
  return utc - (Date.parse(`${shown.replace(" ", "T")}Z`) - utc);
};
