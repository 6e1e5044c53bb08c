// The ingress's side of the way to an outbox.
import { type Runtime, systemRuntime } from "../runtime.ts";
import { canonical, hash } from "./hash.ts";
import type { ObjectNamespace } from "./host.ts";
import type { Acceptance, HashedLead, LeadPage, NewLead, Outbox, OutboxStatus } from "./types.ts";
import { fromResponse } from "./wire.ts";

/**
 * The outbox of a listener, wherever its object lives. Every function rejects when the outbox cannot be reached, or
 * fails.
 */
export const outboxOf = (
  namespace: ObjectNamespace,
  listenerId: string,
  runtime: Pick<Runtime, "digest"> = systemRuntime,
): Outbox => {
  const ask = async <Value>(command: string, input: unknown = null): Promise<Value> => {
    const object = namespace.get(namespace.idFromName(listenerId));
    const url = `https://outbox/${command}?listener=${encodeURIComponent(listenerId)}`;
    const response = await object.fetch(url, { method: "POST", body: JSON.stringify(input) });
    if (!response.ok) throw new Error(`The outbox failed (${response.status}).`);
    return (await fromResponse(response)) as Value;
  };

  const hashed = async ({ key, submission, said = submission, ...lead }: NewLead): Promise<HashedLead> => {
    const [keyHash, content] = await Promise.all([
      key === undefined ? undefined : hash(key, runtime),
      hash(canonical(said), runtime),
    ]);
    return { ...lead, ...(keyHash !== undefined && { key: keyHash }), content, submission: JSON.stringify(submission) };
  };

  return {
    find: async (lead) => (await ask<Acceptance | null>("find", await hashed(lead))) ?? undefined,
    accept: async (lead) => ask<Acceptance>("accept", await hashed(lead)),
    status: () => ask<OutboxStatus>("status"),
    list: (query) => ask<LeadPage>("list", query),
    resend: (ids, options) => ask<{ changed: number }>("resend", { ids, ...options }),
    drop: (ids) => ask<{ changed: number }>("drop", ids),
    resume: async () => void (await ask("resume")),
    sweep: async () => void (await ask("sweep")),
  };
};
