// A lead that comes while the API is down: where it is known that nothing was sent, it waits, and nobody has to look.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import test from "node:test";
import { startServer } from "../../../sandbox/server.ts";
import { startRelay } from "./support/relay.js";

/** An API that can be taken away, and given back at the same address. @param {import("node:test").TestContext} t */
const startApi = async (t) => {
  const api = await startServer();
  t.after(api.close);
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const sent = forward(new URL(url ?? "", api.origin), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(sent);
  });
  const listen = async (port = 0) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  };
  const port = await listen();
  const goAway = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.after(() => server.listening && goAway());
  const { pathname } = new URL(api.url);
  return { url: `http://127.0.0.1:${port}${pathname}`, sandbox: api.sandbox, goAway, comeBack: () => listen(port) };
};

test("in eight outages with one lead in each, none is left to look at, and each arrives once", async (t) => {
  const api = await startApi(t);
  const relay = await startRelay(t, { api });
  for (let outage = 0; outage < 8; outage += 1) {
    await api.goAway();
    assert.equal(await relay.post(outage), 202);
    await relay.until(async () =>
      (await relay.leads()).some(({ attempts, state }) => attempts > 0 && state === "queued"),
    );
    await api.comeBack();
    // Its owner need not do this; it saves the test a minute.
    await relay.ask("resume");
    await relay.settled();
  }
  assert.deepEqual(await relay.judge([0, 1, 2, 3, 4, 5, 6, 7]), { lost: 0, duplicated: 0, parked: 0 });
  assert.equal(api.sandbox.texts.length, 8);
});

test("with a fetch that cannot tell, they would be left to look at: this test would see it", async (t) => {
  const api = await startApi(t);
  const relay = await startRelay(t, { api, plainFetch: true });
  await api.goAway();
  assert.equal(await relay.post(1), 202);
  await relay.settled();
  await api.comeBack();
  assert.deepEqual(await relay.judge([1]), { lost: 0, duplicated: 0, parked: 1 });
});
