// The doctor's access to the machine and the network. Tests put something else in its place.
import { lookup } from "node:dns/promises";
import { connect } from "node:tls";

export interface World {
  /** @returns How many addresses the name has. Rejects with a system error. */
  resolve(host: string): Promise<number>;
  /** @returns When the server's certificate ends. Rejects with a system error, or one of TLS. */
  handshake(host: string, port: number, timeoutMs: number): Promise<Date>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  now(): number;
}

export const realWorld: World = {
  async resolve(host) {
    return (await lookup(host, { all: true })).length;
  },
  handshake(host, port, timeoutMs) {
    return new Promise((resolve, reject) => {
      const isAddress = /^[\d.]+$|:/.test(host);
      const socket = connect({ host, port, ...(!isAddress && { servername: host }), timeout: timeoutMs });
      socket.once("secureConnect", () => {
        resolve(new Date(socket.getPeerCertificate().valid_to));
        socket.destroy();
      });
      socket.once("timeout", () => {
        reject(Object.assign(new Error("no response in time"), { code: "ETIMEDOUT" }));
        socket.destroy();
      });
      socket.once("error", reject);
    });
  },
  fetch: (url, init) => fetch(url, init),
  now: Date.now,
};
