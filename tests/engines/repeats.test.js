// Requests that browsers send again by themselves, beneath every client: `docs/errors.md` says so, and a relay's keys are for it.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import test from "node:test";
import { browsers } from "./browsers.js";
import { open, until } from "./webdriver.js";

const { ENGINE } = process.env;

/** How often each answer's POST arrives, by engine: on a connection that has answered before. */
const ARRIVALS = {
  Chromium: { torn: 2, 408: 2, 421: 2, 500: 1 },
  Firefox: { torn: 2, 408: 1, 421: 2, 500: 1 },
  WebKit: { torn: 1, 408: 1, 421: 2, 500: 1 },
};

/** A server that counts what arrives, and tears or answers. @param {import("node:test").TestContext} t */
const startServer = async (t) => {
  /** @type {Record<string, number>} */
  const arrivals = {};
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  /** @param {number} status @param {string} [body] */
  const answer = (status, body = "") =>
    `HTTP/1.1 ${status} Some\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body}`;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      text += chunk;
      const [head = "", body] = text.split("\r\n\r\n");
      if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return;
      text = "";
      const [method, path = ""] = head.split(" ");
      const name = path.slice(1);
      if (method === "POST") arrivals[name] = (arrivals[name] ?? 0) + 1;
      // The second try always succeeds.
      if (method === "GET") socket.write(answer(200, "<!doctype html><output></output>"));
      else if (name.startsWith("warm") || arrivals[name] !== 1) socket.write(answer(200, "again"));
      else if (name === "torn") socket.destroy();
      else socket.write(answer(Number(name)));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, arrivals };
};

/** Posts on a connection that is kept, and then what is asked. */
const post = (/** @type {string} */ name) => {
  const send = (/** @type {string} */ path) => fetch(path, { method: "POST", body: "lead" }).catch(() => {});
  const output = document.querySelector("output") ?? document.body;
  output.textContent = "";
  send(`/warm-${name}`)
    .then((answer) => answer?.text())
    .then(() => send(`/${name}`))
    .then(() => (output.textContent = "done"));
};
const isDone = () => document.querySelector("output")?.textContent === "done";

for (const engine of browsers.filter(({ name }) => !ENGINE || name === ENGINE)) {
  test(`in ${engine.name}`, async (t) => {
    const browser = await open(t, engine);
    const { address, arrivals } = await startServer(t);
    await browser.visit(address);
    const expected = ARRIVALS[/** @type {keyof typeof ARRIVALS} */ (engine.name)];
    for (const [name, times] of Object.entries(expected)) {
      await t.test(`${name}: ${times}`, async () => {
        await browser.run(post, name);
        await until(() => browser.run(isDone));
        assert.equal(arrivals[name], times);
      });
    }
  });
}
