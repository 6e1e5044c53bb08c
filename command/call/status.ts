// The exit status of a call is its delivery.
import type { BotsplashError, Delivery } from "botsplash";

export const STATUS: Readonly<Record<Delivery, number>> = {
  not_sent: 10,
  rejected: 11,
  unknown: 12,
  accepted: 13,
};

/** The fields of an error. */
export const fieldsOf = (error: BotsplashError): object => error.toJSON();
