import { COORDINATOR } from "../../../relay/outbox/coordinator.ts";

import { LEAD_STATES } from "../../../relay/outbox/states.ts";

/**
 * Durable Objects for an ingress that runs in Node: they keep leads as an outbox does, and send nothing.
 * @typedef {{ id: string, key?: string, content: string, submission: any, via: string, caughtBy?: string, heldBy?: string, consent?: { record: string }, charset?: string, unknown?: string[], state: import("../../../relay/outbox/types.ts").LeadState }} KeptLead
 */
export const memoryOutbox = () => {
  /** @type {KeptLead[]} */
  const leads = [];
  /** @type {{ listener: string, action: string, input: any }[]} */
  const asked = [];
  const outbox = {
    leads,
    asked,
    refusals: /** @type {import("../../../relay/index.ts").Alert[]} */ ([]),
    onNote: /** @type {(alert: import("../../../relay/index.ts").Alert) => void} */ (() => {}),
    full: false,
    broken: false,
    paused: /** @type {string | undefined} */ (undefined),
    idFromName: (/** @type {string} */ name) => name,
    get: (/** @type {string} */ listener) => ({
      fetch: async (/** @type {string} */ url, /** @type {{ body: string }} */ { body }) => {
        if (outbox.broken) throw new Error("Network connection lost.");
        const action = new URL(url).pathname.slice(1);
        const input = JSON.parse(body);
        if (listener === COORDINATOR) return Response.json(coordinate(action, input) ?? null);
        asked.push({ listener, action, input });
        return Response.json(answer(action, input) ?? null);
      },
    }),
  };

  /** @param {string} action @param {any} input */
  const coordinate = (action, input) => {
    if (action === "note") {
      for (const alert of input) {
        if (alert.code === "post_refused") outbox.refusals.push(alert);
        else outbox.onNote(alert);
      }
    }
    if (action === "cron") return { listeners: input, optOuts: 0 };
    if (action === "directory") return [];
  };

  /** @param {any} lead */
  const known = ({ key, content }) => {
    const same = leads.find((lead) => key !== undefined && lead.key === key);
    if (same && same.content !== content) return { outcome: "conflict" };
    const twin = same ?? leads.find((lead) => lead.content === content);
    return twin && { outcome: "duplicate", id: twin.id, state: twin.state };
  };

  /** @param {string} action @param {any} input */
  const answer = (action, input) => {
    switch (action) {
      case "find":
        return known(input);
      case "accept": {
        const before = known(input) ?? (outbox.full ? { outcome: "full" } : undefined);
        if (before) return before;
        const id = crypto.randomUUID();
        const state = input.caughtBy ? "quarantined" : input.heldBy ? "held" : "queued";
        leads.push({ ...input, submission: JSON.parse(input.submission), id, state });
        return { outcome: "accepted", id, state };
      }
      case "status": {
        const states = LEAD_STATES;
        const counts = Object.fromEntries(
          states.map((state) => [state, leads.filter((lead) => lead.state === state).length]),
        );
        return { counts, ...(outbox.paused && { paused: outbox.paused }) };
      }
      case "search": {
        const newest = [...leads].reverse();
        const from = newest.findIndex(({ id }) => id === input.before) + 1;
        const page = newest
          .filter(({ state }, index) => index >= from && (!input.state || state === input.state))
          .slice(0, input.limit);
        const views = page.map(({ id, state, submission }) => ({
          id,
          state,
          submission,
          reason: "It is a test.",
          receivedAt: 0,
          changedAt: 0,
          attempts: 0,
          repeats: 0,
        }));
        return { leads: views, ...(page.length === input.limit && { next: page.at(-1)?.id }) };
      }
      case "resend":
      case "drop": {
        const ids = action === "resend" ? input.ids : input;
        const chosen = leads.filter(({ id }) => ids.includes(id));
        for (const lead of chosen) lead.state = action === "drop" ? "dropped" : "queued";
        return { changed: chosen.length };
      }
      case "resume":
        outbox.paused = undefined;
    }
  };
  return outbox;
};
