import { once } from "node:events";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

/** It listens, and accepts nothing: its thread waits for ever. */
const program = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/**
 * A server on 127.0.0.1 that no connection can be made to, and that does not refuse it. Its queue is full, so the system
 * answers nothing.
 * @param {import("node:test").TestContext} t
 * @returns {Promise<number>} its port
 */
export const fullServer = async (t) => {
  const worker = new Worker(program, { eval: true });
  t.after(() => worker.terminate());
  const [port] = await once(worker, "message");
  // A queue of one holds two.
  for (let place = 0; place < 2; place += 1) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    t.after(() => socket.destroy());
    await once(socket, "connect");
  }
  return port;
};
