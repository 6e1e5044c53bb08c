import { target } from "../target/target.ts";
import { texts } from "../target/texts.ts";
import { play, playing, scenario } from "./playing.ts";
import { RelayLeadRow } from "./RelayLeadRow.tsx";
import { type ScenarioName, scenarios } from "./scenarios.ts";

/** Bad days that the relay sees to by itself: the choice of one, and the leads that came of it. */
export const Scenarios = () => {
  if (target.value !== "relay") return null;
  const current = playing.value;
  const isRunning = current?.running ?? false;
  return (
    <form
      class="panel scenarios"
      aria-label="A relay's bad days"
      onSubmit={(event) => {
        event.preventDefault();
        void play();
      }}
    >
      <fieldset class="conditions" aria-describedby="scenario-story">
        <legend>What the relay sees to by itself</legend>
        <div class="chips">
          {(Object.keys(scenarios) as ScenarioName[]).map((name) => (
            <label key={name} class="chip">
              <input
                type="radio"
                name="scenario"
                value={name}
                checked={scenario.value === name}
                onChange={() => (scenario.value = name)}
              />
              <span>{scenarios[name].label}</span>
            </label>
          ))}
        </div>
        <p id="scenario-story" class="story" aria-live="polite">
          {scenarios[scenario.value].story}
        </p>
      </fieldset>
      <button type="submit" class="primary" aria-disabled={isRunning}>
        Play it
      </button>
      {current && (
        <section class="relay-leads" aria-label="The relay's leads" aria-busy={isRunning}>
          {current.problem && <p class="wrong">{current.problem}</p>}
          <ol>
            {current.leads.map((lead) => (
              <RelayLeadRow
                key={lead.id}
                lead={lead}
                now={current.now}
                isBusy={isRunning}
                texted={texts.value?.filter(({ to }) => to === lead.submission?.visitor.phoneNumber).length}
              />
            ))}
          </ol>
        </section>
      )}
    </form>
  );
};
