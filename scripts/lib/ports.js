// Ports for programs that cannot have the system choose one, or that must have the same one after a restart.
import { once } from "node:events";
import { createServer } from "node:net";

// Below those that systems give out by themselves (Linux from 32768, others from 49152). A block of them is this process's as
// long as it lives. So nobody else is given a port that is free, and on which a program is about to listen.
const FIRST = 20_000;
const BLOCK = 100;
const BLOCKS = 120;

/** @param {number} port @returns {Promise<import("node:net").Server | undefined>} undefined if somebody else listens there */
const listen = async (port) => {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
    return server;
  } catch {
    return undefined;
  }
};

/** Listens on the block's first port, which keeps the others for this process. @returns {Promise<number>} that port */
const claim = async () => {
  const begin = Math.floor(Math.random() * BLOCKS);
  for (let tries = 0; tries < BLOCKS; tries += 1) {
    const first = FIRST + ((begin + tries) % BLOCKS) * BLOCK;
    const guard = await listen(first);
    if (guard === undefined) continue;
    guard.unref();
    return first;
  }
  throw new Error(`Others use each hundredth port from ${FIRST} on.`);
};

/** @type {Promise<number> | undefined} */
let claimed;
let given = 0;

/** @returns {Promise<number>} a port of 127.0.0.1 that this process has not been given for long */
export const freePort = async () => {
  claimed ??= claim();
  const first = await claimed;
  for (let tries = 1; tries < BLOCK; tries += 1) {
    given = (given % (BLOCK - 1)) + 1;
    const port = first + given;
    const server = await listen(port);
    if (server === undefined) continue;
    server.close();
    await once(server, "close");
    return port;
  }
  throw new Error(`No port from ${first + 1} to ${first + BLOCK - 1} is free.`);
};
