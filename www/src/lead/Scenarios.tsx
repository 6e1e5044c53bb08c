import { target } from "../target/target.ts";
import { texts } from "../target/texts.ts";
import { Choice } from "./Choice.tsx";
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
      <Choice
        legend="What the relay sees to by itself"
        id="scenario"
        names={Object.keys(scenarios) as ScenarioName[]}
        chosen={scenario.value}
        choose={(name) => (scenario.value = name)}
        labelOf={(name) => scenarios[name].label}
        story={scenarios[scenario.value].story}
      />
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
