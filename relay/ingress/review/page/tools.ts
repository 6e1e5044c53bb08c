// The owner's work on leads.
import { STATES } from "../../../outbox/states.ts";
import { button, said } from "./busy.ts";
import { focusable, make } from "./dom.ts";
import { count, load, model, query, status } from "./model.ts";
import { ask, save } from "./relay.ts";

const AT_ONCE = 100;

/** Gives an order about leads, a hundred at a time. @returns how many it changed */
const give = async (name: string, ids: readonly string[], more: object = {}): Promise<number> => {
  let changed = 0;
  for (let index = 0; index < ids.length; index += AT_ONCE) {
    const order = { listener: model.listener, ids: ids.slice(index, index + AT_ONCE), ...more };
    changed += ((await (await ask(`/${name}`, order)).json()) as { changed: number }).changed;
  }
  return changed;
};

/** Says what was done, and offers to take it back. */
const tell = (changed: number, done: string, ids: readonly string[]) => {
  const undo = button("Undo", async () => {
    const back = await give("undo", ids);
    await load();
    said.textContent = `${count(back)} back where they were.`;
  });
  said.replaceChildren(`${count(changed)} ${done} `, undo);
};

const order = (name: "resend" | "drop", question: (ids: number) => string, done: string, more?: object) => async () => {
  const ids = [...model.chosen];
  if (!confirm(question(ids.length))) return;
  const changed = await give(name, ids, more);
  await load();
  tell(changed, done, ids);
};

const may = (what: "resendable" | "droppable") =>
  model.leads.some(({ state }) => STATES[state][what]) || (model.state !== "all" && STATES[model.state][what]);

export const tools = (): HTMLElement => {
  const { leads, chosen, state, listener } = model;
  const row = make("div", { className: "row" });
  const all = button("Select all shown", () => {
    const selectable = leads.filter((lead) => STATES[lead.state].droppable);
    const isAll = chosen.size === selectable.length;
    chosen.clear();
    if (!isAll) for (const { id } of selectable) chosen.add(id);
    model.show();
  });
  all.disabled = leads.length === 0;
  const twice =
    state === "review" || state === "all" ? " If the API did process a lead, its person gets a second text." : "";
  const onChosen = { className: "on-chosen" };
  if (may("droppable")) row.append(focusable(all, "all"));
  if (may("resendable")) {
    const isNew = state === "held" || state === "quarantined";
    const question = (number: number) => `Send ${count(number)}${isNew ? "" : " again"}?${twice}`;
    row.append(
      focusable(button(isNew ? "Send" : "Resend", order("resend", question, "will be sent."), onChosen), "resend"),
    );
    if (status()?.waiting?.reason.includes("hours")) {
      const now = order("resend", question, "will be sent at once.", { anyHour: true });
      row.append(focusable(button("Send at any hour", now, onChosen), "any-hour"));
    }
  }
  if (may("droppable")) {
    const question = (number: number) => `Give up ${count(number)}? The relay does not send a lead that is given up.`;
    row.append(focusable(button("Drop", order("drop", question, "given up."), onChosen), "drop"));
  }
  const exported = (kind: "csv" | "jsonl", type: string) => () =>
    save(`${listener}-${state}.${kind}`, type, (from) => `/leads.${kind}?${query(from)}`);
  const isEmpty = { disabled: leads.length === 0 };
  row.append(
    focusable(button("Export as CSV", exported("csv", "text/csv"), isEmpty), "csv"),
    focusable(button("Export as JSON Lines", exported("jsonl", "application/jsonl"), isEmpty), "jsonl"),
    focusable(button("Refresh", load), "refresh"),
  );
  return row;
};

export const arm = (view: HTMLElement): void => {
  for (const one of view.querySelectorAll<HTMLButtonElement>(".on-chosen")) one.disabled = model.chosen.size === 0;
};
