// Runs in the page.
import { STATES } from "../../../outbox/states.ts";
import { alarm, button, run, said } from "./busy.ts";
import { desk } from "./desk.ts";
import { make } from "./dom.ts";
import { choiceOfListener, search, states } from "./filters.ts";
import { item } from "./lead.ts";
import { count, dated, list, load, model, status } from "./model.ts";
import { ask, type ListenerStatus, useSecret } from "./relay.ts";
import { arm, tools } from "./tools.ts";

const main = document.querySelector("main") ?? document.body;
const view = make("div", { className: "view" });
main.append(make("h1", {}, "Leads"), alarm, said, view);
/** It keeps what is open and written in it. */
const people = desk();

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

/** Why nothing goes, or one lead at a time. */
const trouble = ({ paused, waiting, isBroken, isConfigured }: ListenerStatus): HTMLElement[] => {
  if (isBroken) return [make("div", { className: "alarm" }, "This outbox does not answer. The others do.")];
  const notes: HTMLElement[] = [];
  if (paused !== undefined) {
    const resume = button("Resume sending", async () => {
      await ask("/resume", { listener: model.listener });
      await load();
      said.textContent = "Sending goes on.";
    });
    notes.push(make("div", { className: "alarm" }, make("p", {}, `Sending is paused. ${paused}`), resume));
  } else if (waiting) {
    const until = waiting.until === undefined ? "" : ` The next lead goes ${dated(waiting.until)}, at the earliest.`;
    notes.push(make("p", { className: "quiet" }, `Leads wait. ${waiting.reason}${until}`));
  }
  if (!isConfigured) {
    notes.push(make("p", { className: "quiet" }, "This listener is no longer in the relay's options."));
  }
  return notes;
};

model.show = () => {
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement ? activeElement.dataset["focus"] : undefined;
  const own = status();
  if (!own) return;
  const { state, leads, next } = model;
  const shown = Object.keys(model.filters).length > 0 ? `, ${count(leads.length)}${next ? " or more" : ""} found` : "";
  const number = state === "all" ? "" : `: ${count(own.counts?.[state] ?? 0)}`;
  view.replaceChildren(
    ...(model.listeners.length > 1 ? [choiceOfListener()] : []),
    ...trouble(own),
    states(),
    search(),
    make("h2", {}, `${state}${number}${shown}`),
    make("p", { className: "quiet" }, state === "all" ? "In any state." : STATES[state].meaning),
    tools(),
    make("ul", {}, ...leads.map((lead) => item(lead, () => arm(view)))),
    ...(next ? [button("Show more", () => list(next))] : []),
    people,
  );
  arm(view);
  view.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
};

askForSecret();
