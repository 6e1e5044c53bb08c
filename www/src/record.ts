import { make, one, readable, say } from "./dom";
import type { Exchange } from "./exchange";
import { deliveries, facts, inWords, type Outcome } from "./outcome";

/** A call as far as it has come. */
export interface CallState {
  running: boolean;
  exchanges: Exchange[];
  outcome?: Outcome;
}

const IDLE = { verdict: "Nothing sent yet", meaning: "The outcome, the request and the response will show here.", tone: "idle" };
const RUNNING = { verdict: "On its way", meaning: "Waiting for the answer.", tone: "running" };

/** Shows a call in the place given. */
export const recordView = (place: HTMLElement) => {
  place.append(one<HTMLTemplateElement>("#record").content.cloneNode(true));
  const outcome = one(".outcome", place);
  const scale = one(".scale", place);
  const list = one(".facts", place);
  const exchange = one(".exchange", place);

  const show = (state: CallState) => {
    const { verdict, meaning, tone } = state.outcome ? inWords(state.outcome) : state.running ? RUNNING : IDLE;
    place.dataset.tone = tone;
    say(one(".verdict", outcome), verdict);
    say(one(".meaning", outcome), meaning);

    const failed = state.outcome?.kind === "failure" ? state.outcome.error.delivery : undefined;
    scale.hidden = failed === undefined;
    scale.replaceChildren(...deliveries.map((name) => step(name, name === failed)));
    list.replaceChildren(...(state.outcome ? facts(state.outcome).map(fact) : []));
    exchange.hidden = state.exchanges.length === 0;
    showExchanges(exchange, state.exchanges);
  };
  show({ running: false, exchanges: [] });
  return show;
};

const step = (name: string, here: boolean) => {
  const item = make("li", name);
  if (here) item.setAttribute("aria-current", "step");
  return item;
};

const fact = ([name, value]: [string, string]) => {
  const row = make("div");
  row.append(make("dt", name), make("dd", value));
  return row;
};

/** Every attempt sends the same request, so it is shown once. */
const showExchanges = (place: HTMLElement, exchanges: Exchange[]) => {
  const last = exchanges.at(-1);
  if (!last) return;
  const { method, url, headers, body } = last.request;
  one(".line", place).replaceChildren(make("strong", method), ` ${url}`);
  say(one(".request", place), `${headerLines(headers)}\n\n${readable(body)}`);
  one(".attempts", place).replaceChildren(...exchanges.map((attempt) => make("li", ending(attempt))));
  const response = one(".response", place);
  const answer = last.response?.body;
  response.hidden = answer === undefined;
  say(response, answer === "" ? "(no body)" : readable(answer ?? ""));
};

const headerLines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join("\n");

/** An attempt in one line: `200 OK, 12 ms`. */
const ending = ({ response, durationMs, failure }: Exchange) => {
  const status = response && `${response.status} ${response.statusText}`.trim();
  const time = durationMs === undefined ? "waiting" : `${Math.round(durationMs)} ms`;
  return [status, failure && `no whole answer (${failure})`, time].filter(Boolean).join(", ");
};
