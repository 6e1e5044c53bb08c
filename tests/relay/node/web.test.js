import assert from "node:assert/strict";
import { connect } from "node:net";
import test from "node:test";
import { startRelay } from "./support/relay.js";

/** @param {string} base @param {string} chunks of a body, whose end may never come @returns {Promise<string>} the answer */
const postChunks = (base, chunks) => {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), hostname);
    socket.setEncoding("latin1").on("data", (text) => {
      answer += text;
    });
    // Whoever goes on sending is cut off.
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    const head = ["POST /demo/listener/botsplash/welcome HTTP/1.1", `Host: ${hostname}`, "Transfer-Encoding: chunked"];
    socket.write([...head, "Content-Type: application/x-www-form-urlencoded", "", ""].join("\r\n"));
    socket.write(chunks);
  });
};

/** @param {number} size */
const chunk = (size) => `${size.toString(16)}\r\n${"a".repeat(size)}\r\n`;

for (const [name, chunks] of [
  ["goes on", chunk(65_536).repeat(64)],
  ["ends", `${chunk(65_536).repeat(4)}0\r\n\r\n`],
  ["breaks off", chunk(65_536).repeat(2).slice(0, -9)],
]) {
  test(`a body in chunks that is too large, and ${name}, ends nothing but its own connection`, async (t) => {
    const relay = await startRelay(t);
    for (const _ of [1, 2, 3]) assert.match(await postChunks(relay.host.url, String(chunks)), /^(HTTP\/1.1 413 |$)/);
    assert.equal(await relay.post(1), 202);
    await relay.settled();
    await relay.host.kill();
    assert.doesNotMatch(relay.host.output, /Error/);
  });
}
