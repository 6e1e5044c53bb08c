// The ingress's side of the way to the objects.
import { type Runtime, systemRuntime } from "../runtime.ts";
import { seal } from "./consents.ts";
import { COORDINATOR } from "./coordinator.ts";
import { canonical, hash } from "./hash.ts";
import type { ObjectNamespace } from "./host.ts";
import type { Acceptance, CoordinatorStub, HashedLead, NewLead, Outbox } from "./types.ts";
import { fromResponse } from "./wire.ts";

type Ask = (command: string, input?: unknown) => Promise<unknown>;

/** Asks an object of this name. It rejects when the object cannot be reached, or fails. */
const askerOf =
  (namespace: ObjectNamespace, name: string): Ask =>
  async (command, input = null) => {
    const object = namespace.get(namespace.idFromName(name));
    const url = `https://outbox/${command}?listener=${encodeURIComponent(name)}`;
    const response = await object.fetch(url, { method: "POST", body: JSON.stringify(input) });
    if (!response.ok) throw new Error(`The outbox failed (${response.status}).`);
    return fromResponse(response);
  };

/** Each command with what it answers: `types.ts` says so, and `commands.ts`, `desk.ts` and `coordinator.ts` do it. */
const answers = <Stub, Name extends keyof Stub>(ask: Ask, name: Name & string) =>
  ((input?: unknown) => ask(name, input)) as Stub[Name];

/**
 * The outbox of a listener, wherever its object lives. Every function rejects when the outbox cannot be reached, or
 * fails.
 */
export const outboxOf = (
  namespace: ObjectNamespace,
  listenerId: string,
  runtime: Pick<Runtime, "digest" | "randomBytes"> = systemRuntime,
): Outbox => {
  const ask = askerOf(namespace, listenerId);
  const of = <Name extends keyof Outbox & string>(name: Name) => answers<Outbox, Name>(ask, name);

  const hashed = async ({ key, submission, said = submission, consent, ...lead }: NewLead): Promise<HashedLead> => {
    const [keyHash, content, sealed] = await Promise.all([
      key === undefined ? undefined : hash(key, runtime),
      hash(canonical(said), runtime),
      consent && seal(consent, runtime),
    ]);
    return {
      ...lead,
      ...(keyHash !== undefined && { key: keyHash }),
      ...(sealed && { consent: sealed }),
      content,
      submission: JSON.stringify(submission),
    };
  };

  return {
    find: async (lead) => ((await ask("find", await hashed(lead))) as Acceptance | null) ?? undefined,
    accept: async (lead) => (await ask("accept", await hashed(lead))) as Acceptance,
    resend: (ids, options) => ask("resend", { ids, ...options }) as Promise<{ changed: number }>,
    status: of("status"),
    list: of("list"),
    drop: of("drop"),
    resume: of("resume"),
    sweep: of("sweep"),
    search: of("search"),
    undo: of("undo"),
    person: of("person"),
    erase: of("erase"),
    consents: of("consents"),
    digest: of("digest"),
    copyOptOuts: of("copyOptOuts"),
  };
};

/** The object that knows all outboxes. */
export const coordinatorOf = (namespace: ObjectNamespace): CoordinatorStub => {
  const ask = askerOf(namespace, COORDINATOR);
  const of = <Name extends keyof CoordinatorStub & string>(name: Name) => answers<CoordinatorStub, Name>(ask, name);
  return {
    note: of("note"),
    register: of("register"),
    directory: of("directory"),
    cron: of("cron"),
    changeOptOut: of("changeOptOut"),
    optOuts: of("optOuts"),
  };
};
