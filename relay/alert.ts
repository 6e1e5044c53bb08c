/** Something that the owner should know. Nobody's data is in it: it may be logged as it is. */
export interface Alert {
  /** What happened, such as `not_configured`, `outbox_paused`, `lead_rejected`: match on this. */
  code: string;
  /** The same in words. */
  message: string;
  /** Whose outbox. */
  listenerId?: string;
  /** Which operation, for a request that the relay passed on. */
  operation?: string;
  /** The API's HTTP status. */
  status?: number;
  /** How many leads. */
  count?: number;
}

/** One line for whoever reads the Worker's log. */
const log = (alert: Alert) => console.error(`botsplash relay: ${JSON.stringify(alert)}`);

/** Tells the owner, and never fails: an alert must not cost a lead. */
export const alerter =
  (onAlert: (alert: Alert) => unknown = log) =>
  (alert: Alert): void => {
    const failed = () => log({ code: "alert_failed", message: `onAlert failed; the alert was ${alert.code}.` });
    try {
      Promise.resolve(onAlert(alert)).catch(failed);
    } catch {
      failed();
    }
  };
