import type { RelayLead } from "../target/desk.ts";
import { isWaiting, waitFor } from "./playing.ts";
import { placeOf, timeIn } from "./scenarios.ts";

const tones: Record<RelayLead["state"], "good" | "bad" | "warn"> = {
  delivered: "good",
  rejected: "bad",
  dropped: "bad",
  quarantined: "bad",
  queued: "warn",
  sending: "warn",
  checking: "warn",
  held: "warn",
  review: "warn",
};

interface Row {
  lead: RelayLead;
  /** By the relay's clock. */
  now: number;
  isBusy: boolean;
  /** How often its person was texted; nothing where that cannot be known. */
  texted: number | undefined;
}

/** A lead as the relay's owner sees it, and how its person fared. */
export const RelayLeadRow = ({ lead, now, isBusy, texted }: Row) => {
  const { state, reason, attempts, repeats, dueAt, submission } = lead;
  const { firstName, phoneNumber, tzName } = submission?.visitor ?? {};
  const facts = [
    `sent ${times(attempts)}`,
    repeats > 0 && `came again ${times(repeats)}`,
    texted !== undefined && `texted ${times(texted)}`,
  ];
  return (
    <li class="relay-lead" data-tone={tones[state]}>
      <p class="whose">
        <b>{firstName}</b> <span class="soft">{phoneNumber}</span>
      </p>
      <p class="state">{state}</p>
      <p class="reason">{reason}</p>
      <p class="history">{facts.filter(Boolean).join(" · ")}</p>
      {dueAt !== undefined && isWaiting(lead, now) && (
        <p class="due">
          <span>
            {state === "checking" ? "Asked about" : "Goes"} at {timeIn(tzName, dueAt)}
            {tzName && ` in ${placeOf(tzName)}`}. By the relay&rsquo;s clock it is {timeIn(tzName, now)}
            {tzName && " there"}.
          </span>{" "}
          <button type="button" class="quiet" aria-disabled={isBusy} onClick={() => waitFor(lead)}>
            Put the clock forward
          </button>
        </p>
      )}
    </li>
  );
};

const times = (count: number) => (count === 0 ? "never" : count === 1 ? "once" : `${count} times`);
