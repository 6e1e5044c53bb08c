/** Something that the owner should know. Nobody's data is in it: it may be logged as it is. */
export interface Alert {
  /** The event's code, such as `not_configured`, `outbox_paused`, `lead_rejected`: match on this. */
  code: string;
  /** The same in words. */
  message: string;
  /** Whose outbox. */
  listenerId?: string;
  /** Which operation, for a request that the relay passed on. */
  operation?: string;
  /** Why posts were refused: the code of the response. */
  reason?: string;
  /** The API's HTTP status. */
  status?: number;
  /** How often it happened since the last alert of its kind, where that is more than once. */
  count?: number;
  /** For `daily_summary`: the figures of its words. */
  summary?: ListenerSummary[];
}

/** An alert before it is counted. */
export interface NotedAlert extends Alert {
  /** It is counted for the summary, and not told of by itself. */
  isQuiet?: true;
}

/** A listener's day. */
export interface ListenerSummary {
  listenerId: string;
  /** Leads that came in. */
  received: number;
  /** Leads of which the API said yes. */
  delivered: number;
  /** Leads that a guard caught. */
  quarantined: number;
  /** Leads that were taken out of a full quarantine since; they are counted in those before, too. */
  evicted: number;
  /** Leads that are there now, by state. */
  counts: Record<string, number>;
}

/** One line for the Worker's log. */
const log = (alert: Alert) => console.error(`botsplash relay: ${JSON.stringify(alert)}`);

/**
 * Tells the owner, and never fails: an alert must not cost a lead. Resolves when the owner's function has ended, with
 * whether it ended well.
 */
export const alerter =
  (onAlert: (alert: Alert) => unknown = log) =>
  async (alert: Alert): Promise<boolean> => {
    try {
      await onAlert(alert);
      return true;
    } catch {
      log({ code: "alert_failed", message: `onAlert failed; the alert was ${alert.code}.` });
      return false;
    }
  };
