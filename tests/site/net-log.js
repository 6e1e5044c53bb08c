/** Stands for each host that `--host-resolver-rules` keeps from being looked up; its own name is in the log, too. */
const REFUSED = "~notfound";

/**
 * The hosts that pages of this machine asked for anything: by requests, by look-ups of names, or by connections made ahead.
 * The browser's own requests are left out: they belong to no page.
 * @param {string} text a log that Chromium wrote with `--log-net-log`
 * @returns {Set<string>}
 */
export const hostsIn = (text) => {
  /** @type {{ params?: Record<string, unknown> }[]} */
  const events = JSON.parse(text).events;
  const hosts = events.flatMap(({ params = {} }) => {
    const whose = [params.initiator, params.network_isolation_key, params.network_anonymization_key].join(" ");
    const asked = params.url ?? params.host;
    if (!whose.includes("http://127.0.0.1") || typeof asked !== "string" || !URL.canParse(asked)) return [];
    const { hostname, protocol } = new URL(asked);
    return /^(?:https?|wss?):$/.test(protocol) && hostname !== REFUSED ? [hostname] : [];
  });
  return new Set(hosts);
};
