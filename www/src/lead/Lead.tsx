import { effect, signal } from "@preact/signals";
import { useSettledFocus } from "../focus.ts";
import { Phone } from "../phone/Phone.tsx";
import { choose } from "../target/conditions.ts";
import { type Run, run } from "../target/connection.ts";
import { isReal } from "../target/target.ts";
import { beginnings } from "../target/texts.ts";
import { Conditions } from "./Conditions.tsx";
import { Journey } from "./Journey.tsx";
import { LeadOutcome } from "./LeadOutcome.tsx";

const fields = [
  { name: "visitor.firstName", label: "First name", value: "Jane" },
  { name: "visitor.phoneNumber", label: "Phone number", value: "3334445555", isPhone: true },
  { name: "visitor.clientVisitorId", label: "CRM id", value: "12345" },
  { name: "listenerId", label: "Listener", value: "welcome" },
];
const MESSAGE = "args.message";

const draft = signal<Record<string, string>>({
  ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  [MESSAGE]: "Welcome!",
});
const current = signal<Run | undefined>(undefined);
let controller = new AbortController();

effect(() => {
  if (beginnings.value > 0 && !current.peek()?.running) current.value = undefined;
});

const set = (name: string, value: string) => (draft.value = { ...draft.value, [name]: value });

const submit = async () => {
  if (current.value?.running) return;
  controller = new AbortController();
  const { signal } = controller;
  const {
    "visitor.clientVisitorId": clientVisitorId,
    "visitor.firstName": firstName,
    "visitor.phoneNumber": phoneNumber,
    [MESSAGE]: message,
  } = draft.value;
  // An empty field is not sent.
  const submission = {
    visitor: {
      ...(clientVisitorId && { clientVisitorId }),
      ...(firstName && { firstName }),
      ...(phoneNumber && { phoneNumber }),
    },
    args: { ...(message && { message }) },
  };
  // Once there is another call, events of an earlier one are ignored.
  const tell = (run: Run) => {
    if (controller.signal === signal) current.value = run;
  };
  await run(
    "submitListener",
    {},
    (client) => client.submitListener(draft.value.listenerId ?? "", submission, { signal }),
    tell,
  );
};

const again = () => {
  choose("fine");
  return submit();
};

const problemOf = (name: string) => {
  const outcome = current.value?.outcome;
  return outcome?.kind === "failure" && outcome.error.field === name ? outcome.error.message : undefined;
};

/** The form, what happens, and the phone. */
export const Lead = () => {
  const isRunning = current.value?.running ?? false;
  const form = useSettledFocus<HTMLFormElement>(isRunning);
  return (
    <div class="stage">
      <form
        class="panel lead-form"
        id="submit-listener"
        ref={form}
        aria-label="Submit a lead"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {fields.map(({ name, label, isPhone }) => (
          <Field key={name} name={name} label={label} kind={isPhone ? "tel" : "text"} />
        ))}
        <Field name={MESSAGE} label="Message" kind="long" />
        <Conditions />
        <div class="buttons">
          <button type="submit" class="primary" aria-disabled={isRunning}>
            {isReal.value ? "Submit, and text a real person" : "Submit the lead"}
          </button>
          {isRunning && (
            <button type="button" class="cancel" onClick={() => controller.abort()}>
              Cancel
            </button>
          )}
        </div>
      </form>
      <div class="panel happening">
        <Journey run={current.value} />
        <LeadOutcome run={current.value} again={again} />
      </div>
      <Phone />
    </div>
  );
};

const Field = ({ name, label, kind }: { name: string; label: string; kind: "text" | "tel" | "long" }) => {
  const problem = problemOf(name);
  const attributes = {
    id: `lead-${name}`,
    name,
    value: draft.value[name] ?? "",
    spellcheck: false,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => set(name, event.currentTarget.value),
    ...(problem && { "aria-invalid": true, "aria-describedby": `lead-${name}-wrong` }),
  };
  return (
    <div class={kind === "long" ? "field wide" : "field"}>
      <label for={`lead-${name}`}>{label}</label>
      {kind === "long" ? <textarea rows={2} {...attributes} /> : <input inputMode={kind} {...attributes} />}
      {problem && (
        <p class="wrong" id={`lead-${name}-wrong`}>
          {problem}
        </p>
      )}
    </div>
  );
};
