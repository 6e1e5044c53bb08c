import { Botsplash, isBotsplashError } from "botsplash";
import { one } from "./dom";
import { recordingFetch, type Exchange } from "./exchange";
import { formOf, type Values } from "./form";
import type { Outcome } from "./outcome";
import { recordView, type CallState } from "./record";

/** The page's part in a call: from what the form holds to the client's method. */
type Make = (client: Botsplash, values: Values, signal: AbortSignal) => Promise<unknown>;

interface Surroundings {
  /** Done before a call's n-th request goes out. */
  beforeAttempt: (attempt: number) => Promise<void>;
  /** Done when a call is over. */
  afterCall: () => Promise<void>;
}

/** Lets a section's form make a call, and shows all there is to see of it. */
export const setUpCall = (id: string, { beforeAttempt, afterCall }: Surroundings, make: Make) => {
  const section = one(`#${id}`);
  const form = formOf(section);
  const show = recordView(one(".record", section));

  form.onSubmit(async (signal) => {
    const state: CallState = { running: true, exchanges: [] };
    show(state);
    let attempts = 0;
    const send = recordingFetch((exchange: Exchange) => {
      if (!state.exchanges.includes(exchange)) state.exchanges.push(exchange);
      show(state);
    });
    const client = new Botsplash({
      appId: "demo",
      baseUrl: "/relay",
      fetch: async (url, init) => {
        await beforeAttempt(++attempts);
        return send(new Request(url, init));
      },
    });

    state.outcome = await make(client, form.values(), signal).then(succeeded, failed);
    state.running = false;
    show(state);
    if (state.outcome.kind === "failure") {
      const { field, message } = state.outcome.error;
      if (field) form.mark(field, message);
    }
    await afterCall();
  });
};

const succeeded = (answer: unknown): Outcome => ({ kind: "success", answer });
const failed = (error: unknown): Outcome =>
  isBotsplashError(error) ? { kind: "failure", error } : { kind: "broken", error };
