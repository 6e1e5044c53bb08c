// One lead.
import { STATES } from "../../../outbox/states.ts";
import type { LeadView } from "../../../outbox/types.ts";
import { focusable, make } from "./dom.ts";
import { age, dated, model } from "./model.ts";

const fieldsOf = ({ submission, consent, charset, unknown }: LeadView): [string, unknown][] => {
  const { extendedAttributes, ...visitor } = submission?.visitor ?? {};
  return [
    ...Object.entries({ ...visitor, ...extendedAttributes }),
    ...Object.entries(submission?.args ?? {}).map(([name, value]): [string, unknown] => [`args.${name}`, value]),
    ...(consent
      ? [
          [
            "agreed to",
            `“${consent.words}”, ${dated(consent.at)}${consent.page ? `, at ${consent.page}` : ""}`,
          ] as const,
        ]
      : []),
    ...(charset ? [["read as", charset] as const] : []),
    ...(unknown ? [["unknown fields", unknown.join(", ")] as const] : []),
  ].map(([name, value]) => [String(name), value]);
};

const textOf = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

const about = (lead: LeadView): HTMLElement => {
  const received = make("time", { dateTime: new Date(lead.receivedAt).toISOString() }, dated(lead.receivedAt));
  received.title = age(lead.receivedAt);
  const tries = `${lead.attempts} ${lead.attempts === 1 ? "attempt" : "attempts"}`;
  const news = [
    tries,
    ...(lead.status ? [`last response ${lead.status}`] : []),
    ...(lead.repeats > 0 ? [`came in ${lead.repeats} more times`] : []),
    ...(lead.dueAt && lead.dueAt > Date.now() ? [`not before ${dated(lead.dueAt)}`] : []),
  ];
  const facts = make("div", { className: "quiet" }, `${lead.state}, received `, received, `, ${news.join(", ")}`);
  const body = lead.submission
    ? make(
        "dl",
        {},
        ...fieldsOf(lead).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, textOf(value))]),
      )
    : make("div", { className: "quiet" }, "Its contents have been erased.");
  return make("div", {}, make("div", { className: "text" }, lead.reason), facts, body);
};

/** A lead, with a box where something can be done with it. */
export const item = (lead: LeadView, onChoice: () => void): HTMLElement => {
  const { resendable, droppable } = STATES[lead.state];
  if (!resendable && !droppable) return make("li", {}, make("div", { className: "lead" }, about(lead)));
  const box = make("input", { type: "checkbox", checked: model.chosen.has(lead.id) });
  box.addEventListener("change", () => {
    if (box.checked) model.chosen.add(lead.id);
    else model.chosen.delete(lead.id);
    onChoice();
  });
  return make("li", {}, make("label", { className: "lead" }, focusable(box, lead.id), about(lead)));
};
