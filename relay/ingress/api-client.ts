import { Botsplash } from "botsplash";
import type { Settings } from "../options.ts";

const clients = new WeakMap<Settings, Botsplash>();

/** The client of the API: one for all requests, since it keeps nothing but options. */
export const clientOf = (settings: Settings): Botsplash => {
  const known = clients.get(settings);
  if (known) return known;
  const client = new Botsplash(settings.client);
  clients.set(settings, client);
  return client;
};
