// The exit status of a call is its delivery.
import type { BotsplashError, Delivery } from "botsplash";

export const STATUS: Readonly<Record<Delivery, number>> = {
  not_sent: 10,
  rejected: 11,
  unknown: 12,
  accepted: 13,
};

/** The fields of an error, without the body of the answer: it may hold personal data. */
export function fieldsOf(error: BotsplashError): object {
  const { code, delivery, operation, status, field, requestId, retryAfterMs, hint, message, attempts } = error;
  return { code, delivery, operation, status, field, requestId, retryAfterMs, message, hint, attempts };
}
