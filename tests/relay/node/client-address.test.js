import assert from "node:assert/strict";
import test from "node:test";
import { clientAddress, trustProxies } from "../../../relay/node/client-address.ts";

const trusts = trustProxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);

for (const [remote, forwarded, client] of [
  // Nobody in between.
  ["203.0.113.9", undefined, "203.0.113.9"],
  ["::ffff:203.0.113.9", undefined, "203.0.113.9"],
  // A proxy that is not trusted may say anything.
  ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
  // The client wrote the left, the proxy the right.
  ["127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
  ["127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3", "198.51.100.1"],
  ["fd00::1", "2001:db8::1", "2001:db8::1"],
  // A value that is not an address ends it.
  ["127.0.0.1", "", "127.0.0.1"],
  ["127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"],
  ["127.0.0.1", "198.51.100.1, unknown, 10.1.2.3", "10.1.2.3"],
  ["127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"],
]) {
  test(`from ${remote} with ${forwarded}: ${client}`, () => {
    assert.equal(clientAddress(String(remote), forwarded, trusts), client);
  });
}

test("without trusted proxies nobody speaks for others", () => {
  assert.equal(clientAddress("127.0.0.1", "198.51.100.1", trustProxies([])), "127.0.0.1");
});

test("a text that is neither an address nor a network is reported", () => {
  for (const entry of ["", "localhost", "10.0.0.0/33", "10.0.0.0/", "fd00::/129", "10.0.0.0/8/8"]) {
    assert.throws(() => trustProxies([entry]), RangeError);
  }
});
