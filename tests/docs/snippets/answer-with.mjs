import { isBotsplashError } from "botsplash";

/** The status for your own visitor: never the API's, which speaks of your credentials. */
export const statusFor = (error) => {
  if (!isBotsplashError(error)) return 500;
  if (error.delivery === "accepted") return 202;
  if (error.code === "validation") return 422;
  // A visitor can do nothing about your configuration, your credentials or the network.
  return error.retryAfterMs === undefined ? 502 : 503;
};
