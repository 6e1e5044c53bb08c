// A server that reads what it is sent and keeps nothing, in a process of its own.
import { createServer } from "node:http";

let received = 0;

const server = createServer((request, response) => {
  request.on("data", (part) => {
    received += part.length;
  });
  request.on("end", () => response.setHeader("Content-Type", "application/json").end(`{"key":"stored"}`));
});

/** @returns {Promise<string>} its address */
export const listen = async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
};

/** @returns bytes since it was last asked */
export const taken = () => {
  const count = received;
  received = 0;
  return count;
};
