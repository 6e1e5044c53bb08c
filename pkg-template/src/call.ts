// Drives a call from its first request to its end: Rust says what to do, this does it.
import { deliveries, methods, type Operation, operations } from "#tables";
import { argumentsOf } from "./arguments.ts";
import { Attempt } from "./attempt.ts";
import { type Encoded, encoded } from "./body.ts";
import {
  abandon,
  begin,
  delivery,
  END_JSON,
  END_LOST,
  END_NOT_CONNECTED,
  END_TEXT,
  END_TIMED_OUT,
  give,
  receive,
  request,
  resume,
  STEP_DONE,
  STEP_FAILED,
  said,
  TEXT_BODY,
  TEXT_CAUSE,
  TEXT_CAUSE_CODE,
  TEXT_REQUEST_ID,
  TEXT_SUBMISSION_KEY,
  TEXT_VALUE,
} from "./boundary.ts";
import { connected, stateOf, usable } from "./connection.ts";
import { type Engines, Stopped, within } from "./engine.ts";
import { type Attempted, refused, stopped, told } from "./failure.ts";
import type { Host } from "./host.ts";
import { random } from "./platform.ts";
import { isRefusal, readSafely } from "./refusal.ts";
import { askedMs } from "./retry-after.ts";
import { type Callback, safely } from "./safely.ts";

/** Makes a call of the operation in that place, and answers the JSON as it was received. */
export const call = async (
  host: Host,
  engines: Engines,
  self: object,
  place: number,
  given: unknown[],
): Promise<unknown> => {
  const { name } = operations[place] as Operation;
  const attempts: Attempted[] = [];
  const fail = () => told(name, attempts);
  try {
    const client = stateOf(self, name);
    const options = usable(client, name);
    const { fetch, trustsConnectErrors, onAttempt } = options;
    // Read before the call returns, also while the wasm is starting: the caller may use the same object
    // for the next lead.
    const args = readSafely(name, () => argumentsOf(options.operations[place] as Operation, given));
    // The rest happens a moment later. Until then the call can be aborted; and neither an error's
    // trace nor the wasm has the caller's stack beneath it, which may be full.
    if (isRefusal(args)) {
      await undefined;
      throw refused(args);
    }
    const engine = await engines(name);
    const { signal, body } = args;
    const connection = connected(client, options, engine);
    const handle = within(engine, () => {
      args.values.forEach((value, at) => {
        give(TEXT_VALUE + at, value);
      });
      if (args.submissionKey !== undefined) give(TEXT_SUBMISSION_KEY, args.submissionKey);
      return begin(connection.client, place, args.timeoutMs, args.retries);
    });
    if (handle === STEP_FAILED) throw fail();
    for (;;) {
      within(engine, () => request(handle));
      const { method, limitMs, isKeyInBody, url } = said.request;
      const key = isKeyInBody ? connection.bodyKey : undefined;
      // Before the time begins: a file may have to be read.
      const made: Encoded | Promise<Encoded> | undefined = safely(() => encoded(body, key, fetch !== undefined));
      const payload = made && "then" in made ? await made.catch(() => undefined) : made;
      const attempt = new Attempt(signal, limitMs);
      attempt
        .send(host, () => {
          const headers = connection.headers(typeof body === "string");
          if (!headers || !payload) return undefined;
          return {
            fetch,
            trustsConnectErrors,
            method: methods[method] as string,
            url,
            headers: payload.type ? { ...headers, "content-type": payload.type } : headers,
            body: payload.body,
          };
        })
        .catch(() => {});
      await attempt.ended;

      const { end, status, ms } = attempt;
      if (attempt.wasTried) {
        attempts.push(status ? { status, durationMs: ms } : { durationMs: ms });
        if (onAttempt)
          observe(onAttempt, name, attempts.length, status, ms, deliveries[delivery(end, status)] as string);
      }
      let asked = 0;
      let jitter = 0;
      const texts: [which: number, text: string | undefined][] = [];
      if (end !== END_JSON) {
        // A success needs none of it.
        asked = askedMs(attempt.header("retry-after"));
        jitter = random();
        if (end === END_TEXT) texts.push([TEXT_BODY, attempt.text]);
        if (end === END_LOST || end === END_NOT_CONNECTED)
          texts.push([TEXT_CAUSE, attempt.cause], [TEXT_CAUSE_CODE, attempt.causeCode]);
        texts.push([TEXT_REQUEST_ID, attempt.header("x-request-id")]);
      }
      const next = within(engine, () => {
        for (const [which, text] of texts) if (text !== undefined) give(which, text);
        return receive(handle, end, status, ms, asked, jitter);
      });
      if (next === STEP_DONE) return attempt.value;
      if (next === STEP_FAILED) throw fail();

      const wait = new Attempt(signal, next);
      await wait.ended;
      if (wait.end !== END_TIMED_OUT) {
        within(engine, () => abandon(handle));
        throw fail();
      }
      if (within(engine, () => resume(handle, wait.ms - next)) === STEP_FAILED) throw fail();
    }
  } catch (reason) {
    throw reason instanceof Stopped ? stopped(name, attempts, reason.cause) : reason;
  }
};

/**
 * The call goes on when an observer throws, and when an async observer rejects.
 */
const observe = (
  observer: Callback,
  operation: string,
  attempt: number,
  status: number,
  durationMs: number,
  delivery: string,
): void => {
  const tell = async () => observer({ operation, attempt, ...(status && { status }), durationMs, delivery });
  tell().catch(() => {});
};
