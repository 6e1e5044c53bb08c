import { bodyOf } from "botsplash";
import { Details } from "../lead/Details.tsx";
import { errorFields, inWords } from "../outcome.ts";
import { Bubble } from "../phone/Bubble.tsx";
import { current } from "./form-state.ts";
import { Tree } from "./Tree.tsx";

/** The call's outcome. */
export const Result = () => {
  const run = current.value;
  const outcome = run?.outcome;
  const last = run?.exchanges.at(-1);
  const words = outcome && inWords(outcome, last?.response?.status === 202);
  const count = run?.exchanges.length ?? 0;
  const total = run?.exchanges.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) ?? 0;
  return (
    <section
      class="panel result record"
      aria-label="The call's outcome"
      data-tone={words?.tone ?? (run?.running ? "running" : "idle")}
    >
      <div class="outcome" role="status">
        <p class="verdict">{words?.verdict ?? (run?.running ? "In flight" : "Nothing sent yet")}</p>
        {words && <p class="meaning">{words.meaning}</p>}
        {run && (
          <p class="timing">
            {last?.response && <b>{last.response.status}</b>} {count === 1 ? "1 request" : `${count} requests`}
            {!run.running && `, ${Math.round(total)} ms`}
          </p>
        )}
      </div>
      {outcome?.kind === "success" && <Tree value={outcome.answer} />}
      {outcome?.kind === "failure" && (
        <>
          <dl class="facts">
            {errorFields(outcome.error).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {bodyOf(outcome.error) !== undefined && (
            <>
              <h4>body</h4>
              <Tree value={bodyOf(outcome.error)} />
            </>
          )}
        </>
      )}
      {run && run.texts.length > 0 && (
        <div class="received">
          <h4>On the phone</h4>
          <ol class="texts">
            {run.texts.map((text, index) => (
              <Bubble key={index} text={text} again={false} />
            ))}
          </ol>
        </div>
      )}
      {run && run.exchanges.length > 0 && <Details run={run} />}
    </section>
  );
};
