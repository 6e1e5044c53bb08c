// The faults that can happen to a request.
import { computed, signal } from "@preact/signals";
import type { Fault } from "botsplash/sandbox";
import { target } from "./target.ts";

interface Condition {
  label: string;
  story: string;
  /** The sandbox's behavior for a call's first, second, ... request. */
  fault?: (attempt: number) => Fault | undefined;
}

const conditions = {
  fine: { label: "All goes well", story: "The API responds as it is documented to." },
  slow: {
    label: "Slow",
    story: "The response takes five seconds. Cancel meanwhile: nobody then knows whether the server had begun.",
    fault: () => ({ delayMs: 5000 }),
  },
  busy: {
    label: "429 once",
    story:
      "The server refuses the first request and says when to come back. It did nothing, so the client sends the request again after that time.",
    fault: (attempt) => (attempt === 1 ? { status: 429, headers: { "Retry-After": "1" } } : undefined),
  },
  down: {
    label: "503",
    story:
      "The server is unavailable, and does not say whether it acted. Neither the client nor a relay sends again on a guess. A relay can be told what a 503 means.",
    fault: () => ({ status: 503 }),
  },
  dropped: {
    label: "Response lost",
    story: "The server acts, the person is texted, and then the response is lost on its way back.",
    fault: () => ({ reset: true, when: "after" }),
  },
  offline: {
    label: "Offline",
    story: "Nothing leaves this page. A browser reports that exactly as it reports a lost response.",
  },
  refused: {
    label: "Credentials refused",
    story: "The API refuses the credentials with a 401.",
    fault: () => ({
      status: 401,
      // A relay tries again, and the credentials are still wrong then: until Start over.
      times: target.value === "relay" ? Infinity : 1,
      body: { error: { code: "credentials_wrong", message: "The credentials are not accepted." } },
    }),
  },
} satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;

export const conditionNames = Object.keys(conditions) as ConditionName[];
export const conditionOf = (name: ConditionName): Condition => conditions[name];

const chosen = signal<ConditionName>("fine");

/** The condition that holds. The real API has only those that this page can make by itself. */
export const condition = computed<ConditionName>(() => (isPossible(chosen.value) ? chosen.value : "fine"));

export const choose = (name: ConditionName) => (chosen.value = name);

export const isPossible = (name: ConditionName) => target.value !== "api" || conditionOf(name).fault === undefined;
