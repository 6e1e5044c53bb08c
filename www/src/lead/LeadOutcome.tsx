import { deliveries, errorFields, inWords, type Outcome } from "../outcome.ts";
import type { Run } from "../target/connection.ts";
import { doubles, texts } from "../target/texts.ts";
import { Details } from "./Details.tsx";
import { lessonOf } from "./relay-requests.ts";

/** The lead's outcome, in words, and the next step for the reader. */
export const LeadOutcome = ({ run, again }: { run: Run | undefined; again: () => void }) => {
  const outcome = run?.outcome;
  const taken = run?.exchanges.at(-1)?.response?.status === 202;
  const words = outcome ? inWords(outcome, taken) : undefined;
  const delivery = outcome?.kind === "failure" ? outcome.error.delivery : undefined;
  const tone = words?.tone ?? (run?.running ? "running" : "idle");
  return (
    <div class="record" data-tone={tone}>
      <div class="outcome" role="status">
        <p class="verdict">{words?.verdict ?? (run?.running ? "In flight" : "Nothing sent yet")}</p>
        <p class="meaning">
          {words?.meaning ??
            (run?.running ? "Waiting for the response." : "Submit the lead. This box shows how it ends.")}
        </p>
      </div>
      {outcome?.kind !== "success" && (
        <ol class="scale" aria-label="The deliveries, from least to most">
          {Object.keys(deliveries).map((name) => (
            <li key={name} aria-current={name === delivery ? "true" : undefined}>
              {name}
            </li>
          ))}
        </ol>
      )}
      {delivery === "unknown" && <Unknown run={run!} again={again} />}
      {taken && texts.value && lessonOf(run!) && <p class="lesson relayed">{lessonOf(run!)}</p>}
      {outcome?.kind === "success" && doubles(texts.value ?? []).length > 0 && (
        <p class="lesson">
          The phone has the same text twice. The API does what it is told, as often as it is told: that is why the
          client never repeats what may have been done.
        </p>
      )}
      {outcome && (
        <dl class="facts">
          {(outcome.kind === "failure" ? errorFields(outcome.error) : answerFields(outcome)).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {run && run.exchanges.length > 0 && <Details run={run} />}
    </div>
  );
};

const answerFields = (outcome: Outcome): [string, string][] =>
  Object.entries((outcome.kind === "success" && outcome.answer) || {}).map(([name, value]) => [name, String(value)]);

/** The two worlds that look alike, which of them it was, and the offer to find out the hard way. */
const Unknown = ({ run, again }: { run: Run; again: () => void }) => {
  const isKnown = texts.value !== undefined;
  const wasTexted = run.texts.length > 0;
  const mark = (is: boolean) => (isKnown && is ? "is" : undefined);
  return (
    <div class="unknown">
      <div class="worlds">
        <p class={mark(!wasTexted)}>
          <b>The request was lost</b> Nobody was texted. Sending it again is right.
        </p>
        <p class={mark(wasTexted)}>
          <b>The response was lost</b> The person has the text. Sending it again texts them twice.
        </p>
      </div>
      <p>
        From here the two look the same, so the client does not send again by itself. Only the phone knows
        {isKnown ? (wasTexted ? ": this time the person was texted." : ": this time nobody was texted.") : "."}
      </p>
      <button type="button" class="again" onClick={again}>
        Send it again anyway
      </button>
    </div>
  );
};
