import { Botsplash } from "botsplash";

/** @type {WeakMap<import("../options.ts").Settings, Botsplash>} */
const clients = new WeakMap();

/** @param {import("../options.ts").Settings} settings @returns {Botsplash} one for them all: it keeps nothing but options */
export const clientOf = (settings) => {
  const known = clients.get(settings);
  if (known) return known;
  const client = new Botsplash(settings.client);
  clients.set(settings, client);
  return client;
};
