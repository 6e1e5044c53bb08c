import { Botsplash } from "botsplash";
import type { Settings } from "../options.ts";

/** By the options alone: each request has settings of its own. */
const clients = new WeakMap<Settings["client"], Botsplash>();

/** The client of the API: one for all requests, since it keeps nothing but options. */
export const clientOf = ({ client: options }: Pick<Settings, "client">): Botsplash => {
  const known = clients.get(options);
  if (known) return known;
  const client = new Botsplash(options);
  clients.set(options, client);
  return client;
};
