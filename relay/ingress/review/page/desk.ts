// The owner's work on people, and on the relay itself.
import { button, run, said } from "./busy.ts";
import { focusable, make } from "./dom.ts";
import { count, load, model } from "./model.ts";
import { ask, save } from "./relay.ts";

/** By number or email: a text with an @ means an email. */
const personOf = (text: string) => (text.includes("@") ? { email: text } : { phoneNumber: text });

export const desk = (): HTMLElement => {
  const input = make("input", { id: "person", type: "text", autocomplete: "off", spellcheck: false });
  const person = () => {
    const text = input.value.trim();
    if (text === "") throw new Error("Write a phone number or an email first.");
    return text;
  };
  const failedIn = (failed: readonly string[]) =>
    failed.length > 0 ? ` It failed for ${failed.join(", ")}: do it again.` : "";

  const erase = async () => {
    const text = person();
    if (!confirm(`Erase ${text} everywhere? This cannot be undone.`)) return;
    const { changed, failed } = await (await ask("/erase", personOf(text))).json();
    input.value = "";
    await load();
    const given = changed > 0 ? ` ${count(changed)} given up.` : "";
    said.textContent = `All contents of this person are erased.${given}${failedIn(failed)}`;
  };
  const optOut = (isOut: boolean) => async () => {
    const { failed } = await (await ask("/do-not-text", { phoneNumber: person(), isOut })).json();
    said.textContent =
      (isOut ? "The relay no longer texts this number." : "The relay may text this number.") + failedIn(failed);
  };
  const consents = (isAll: boolean) => async () => {
    const who = isAll ? {} : personOf(person());
    await save(`${model.listener}-consents.jsonl`, "application/jsonl", (after) => {
      const query = new URLSearchParams({ listener: model.listener, ...who, ...(after && { after }) });
      return `/consents.jsonl?${query}`;
    });
  };
  const everything = async () => {
    await save("person.jsonl", "application/jsonl", () => `/person.jsonl?${new URLSearchParams(personOf(person()))}`);
  };
  const test = async () => {
    await ask("/test-alert", {});
    said.textContent = "The relay has sent an alert: did it arrive?";
  };

  const form = make(
    "form",
    { className: "search" },
    make(
      "span",
      { className: "field" },
      make("label", { htmlFor: "person" }, "Phone number or email"),
      focusable(input, "person"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(() => {});
  });
  return make(
    "details",
    {},
    make("summary", {}, "People, consents and alerts"),
    form,
    make(
      "div",
      { className: "row" },
      button("Export this person", everything),
      button("Erase this person", erase),
      button("Do not text this number", optOut(true)),
      button("Text it again", optOut(false)),
      button("Export their consents", consents(false)),
      button("Export all consents", consents(true)),
      button("Send a test alert", test),
    ),
  );
};
