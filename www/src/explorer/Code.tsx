import { computed, signal } from "@preact/signals";
import { tokens } from "../code/highlight.ts";
import { samples } from "../code/languages.ts";
import { call, place } from "./form-state.ts";

const chosen = signal("JavaScript");
const fitting = computed(() => samples.filter(({ fits }) => fits(call.value)));
const sample = computed(() => fitting.value.find(({ name }) => name === chosen.value) ?? fitting.value[0]!);
const code = computed(() => sample.value.write(call.value, place.value));
const copied = signal("");

const copy = async () => {
  const text = code.value;
  try {
    await navigator.clipboard.writeText(text);
    copied.value = text;
  } catch {
    // A page that is not served over a secure connection has no clipboard: the text can be selected.
    copied.value = "";
  }
};

/** The call as code, in step with the form. */
export const Code = () => (
  <section class="panel code" aria-label="The same call as code">
    <div class="codebar">
      <fieldset class="languages" aria-label="Language">
        {fitting.value.map(({ name }) => (
          <button
            key={name}
            type="button"
            aria-pressed={sample.value.name === name}
            onClick={() => (chosen.value = name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <button type="button" class="copy" onClick={copy}>
        {copied.value === code.value ? "Copied" : "Copy"}
      </button>
    </div>
    <pre tabIndex={0}>
      <code>
        {tokens(code.value, sample.value.language).map(({ kind, text }, index) =>
          kind === "plain" ? (
            text
          ) : (
            <span key={index} class={`t-${kind}`}>
              {text}
            </span>
          ),
        )}
      </code>
    </pre>
  </section>
);
