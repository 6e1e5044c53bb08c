import type { Exchange } from "../exchange.ts";
import type { Run } from "../target/connection.ts";
import { target } from "../target/target.ts";
import { type Leg, legsOf, waits } from "./legs.ts";
import { relayRequestsOf } from "./relay-requests.ts";

/** The words in the middle of the journey. */
const middle = {
  sandbox: { name: "Stand-in", note: "a function of this page adds the credentials" },
  relay: { name: "Relay", note: "your server at the edge, with the credentials" },
  api: { name: "No relay", note: "the page calls the API by itself" },
};

const last = {
  sandbox: { name: "API", note: "a sandbox in this page" },
  relay: { name: "API", note: "a sandbox, or what your relay has" },
  api: { name: "API", note: "api.botsplash.com" },
};

/** The three stations, and every request between them. */
export const Journey = ({ run }: { run: Run | undefined }) => {
  const legs = run ? legsOf(run) : [];
  const total = run ? span(run.exchanges) : 0;
  return (
    <div class="journey">
      <ol class="stations" aria-label="Stations">
        <Station name="Page" note="the client, as WebAssembly" />
        <Station {...middle[target.value]} absent={target.value !== "relay"} />
        <Station {...last[target.value]} />
      </ol>
      <ol class="legs attempts" aria-label="Requests">
        {legs.length === 0 && (
          <li class="leg" data-reach="none" data-back="idle">
            <Track />
            <p class="wait">No request yet.</p>
          </li>
        )}
        {run &&
          legs.map((leg, index) => (
            <LegRow
              key={index}
              leg={leg}
              number={index + 1}
              wait={waits(run.exchanges)[index]}
              start={run.exchanges[0]?.startedAt ?? 0}
              total={total}
            />
          ))}
        {run &&
          relayRequestsOf(run).map(({ isProbe, back, said, texted }, index) => (
            <li
              key={`later-${index}`}
              class={isProbe ? "leg later probe" : "leg later"}
              data-reach="api"
              data-back={back}
            >
              <Track />
              <p class="label">
                <span class="soft">{isProbe ? "is it there?" : "by the relay"}</span> <b class="said">{said}</b>{" "}
                <span class="soft">{texted ? "texted" : ""}</span>
              </p>
            </li>
          ))}
        {run?.awaiting && <li class="wait">Waiting for the relay to deliver it.</li>}
      </ol>
    </div>
  );
};

const Station = ({ name, note, absent = false }: { name: string; note: string; absent?: boolean }) => (
  <li class={absent ? "station absent" : "station"}>
    <b>{name}</b> <span>{note}</span>
  </li>
);

const Track = () => (
  <div class="track" aria-hidden="true">
    <i class="knot" />
    <i class="knot" />
    <i class="knot" />
    <i class="packet" />
  </div>
);

interface Row {
  leg: Leg;
  number: number;
  /** The time before it, in milliseconds. */
  wait: number | undefined;
  start: number;
  total: number;
}

const LegRow = ({ leg: { exchange, reach, back, said, texted }, number, wait, start, total }: Row) => {
  const { durationMs = 0, startedAt } = exchange;
  const share = (ms: number) => `${total > 0 ? Math.min(100, (100 * ms) / total) : 0}%`;
  return (
    <>
      {wait !== undefined && <li class="wait">waited {seconds(wait)}, then sent it again</li>}
      <li class="leg" data-reach={reach} data-back={back}>
        <Track />
        <p class="label">
          <span class="soft">
            {exchange.durationMs === undefined ? `${number} · in flight` : `${number} · ${Math.round(durationMs)} ms`}
          </span>{" "}
          <b class="said">{said}</b> <span class="soft">{texted ? "texted" : ""}</span>
        </p>
        <div class="bar" aria-hidden="true">
          <i style={{ marginInlineStart: share(startedAt - start), width: share(durationMs) }} />
        </div>
      </li>
    </>
  );
};

const seconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const span = (exchanges: readonly Exchange[]) => {
  const [first] = exchanges;
  const final = exchanges.at(-1);
  return first && final ? final.startedAt + (final.durationMs ?? 0) - first.startedAt : 0;
};
