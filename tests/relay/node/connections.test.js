// The host's claims about a request that failed: the rows that the package's own tests play, too.
import assert from "node:assert/strict";
import test from "node:test";
import { createTransport } from "../../../relay/node/transport.ts";
import { authority } from "../../http/support/certificates.js";
import { fullServer } from "../../http/support/full-server.js";
import { playFailures } from "../../http/support/play-failures.js";

/** The answer in the place of one that never came, since nothing was sent. */
const NEVER_REACHED = 521;

test("what each failed connection is known to have done", { timeout: 120_000 }, async (t) => {
  const transport = createTransport({ connectTimeoutMs: 20_000, ca: authority });
  t.after(transport.close);
  // The one that nothing else ends.
  const hasty = createTransport({ connectTimeoutMs: 2000, ca: authority });
  t.after(hasty.close);
  const full = await fullServer(t);
  const body = '{"visitor":{"phoneNumber":"3334445555"}}';

  const rows = await playFailures(t, full, "relay", async (url, { timeoutMs, calls }) => {
    const post = async () => {
      const { fetch } = url.endsWith(`:${full}`) ? hasty : transport;
      const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(timeoutMs) });
      if (response.status === NEVER_REACHED) return "not_sent";
      await response.text();
      return "answered";
    };
    for (let call = 1; call < calls; call += 1) await post();
    return post().catch(() => "unknown");
  });
  for (const { name, expected, found } of rows) {
    await t.test(`${name}: ${expected}`, () => assert.equal(found, expected));
  }
});
