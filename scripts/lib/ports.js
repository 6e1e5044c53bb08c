// Ports for programs that cannot have the system choose one, or that must have the same one after a restart.
import { once } from "node:events";
import { createServer } from "node:net";

// Below those that systems give out by themselves (Linux from 32768, others from 49152). Nobody is given one of these between
// the moment when it is found free and the moment when a program listens there.
const FIRST = 20_000;
const COUNT = 12_000;

/** Another process begins elsewhere. */
let next = Math.floor(Math.random() * COUNT);

/** @param {number} port */
const isFree = async (port) => {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
};

/** @returns {Promise<number>} a port of 127.0.0.1 that this process has not been given before */
export const freePort = async () => {
  for (let tries = 0; tries < COUNT; tries += 1) {
    next = (next + 1) % COUNT;
    const port = FIRST + next;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${FIRST} to ${FIRST + COUNT - 1} is free.`);
};
