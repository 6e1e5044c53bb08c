/**
 * Something its owner should know of. Nobody's data is in it: it may be logged as it is.
 * @typedef {object} Alert
 * @property {string} code what happened, such as `not_configured`, `outbox_paused`, `lead_rejected`: match on this
 * @property {string} message the same in words
 * @property {string} [listenerId] whose outbox
 * @property {string} [operation] of a request that was passed on
 * @property {number} [status] what the API answered
 * @property {number} [count] how many leads
 */

/** @type {(alert: Alert) => void} one line for whoever reads the Worker's log */
const log = (alert) => console.error(`botsplash relay: ${JSON.stringify(alert)}`);

/**
 * @param {((alert: Alert) => unknown) | undefined} onAlert
 * @returns {(alert: Alert) => void} tells it, and never fails: an alert must not cost a lead
 */
export const alerter =
  (onAlert = log) =>
  (alert) => {
    const failed = () => log({ code: "alert_failed", message: `onAlert failed; the alert was ${alert.code}.` });
    try {
      Promise.resolve(onAlert(alert)).catch(failed);
    } catch {
      failed();
    }
  };
