// A file is sent byte for byte under its name, or refused.
import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { answer } from "./support/behaviors.js";
import { connect, failure } from "./support/failure.js";
import { parts } from "./support/multipart.js";
import { picture } from "./support/operation-cases.js";
import { serve } from "./support/scripted-server.js";
import { allHostile, revoked, survivor, trapped } from "./support/survivor.js";

/** @typedef {import("../../pkg/dist/index.js").UploadOptions} UploadOptions */

const buffer = picture.buffer;
const inTheMiddle = new Uint8Array([9, 9, ...picture, 9, 9]).subarray(2, 2 + picture.length);

/** @type {[name: string, file: any, options?: UploadOptions, fileName?: string, contentType?: string, bytes?: Uint8Array][]} */
const sent = [
  ["a File", new File([picture], "card.jpg", { type: "image/jpeg" }), undefined, "card.jpg", "image/jpeg"],
  ["a Blob", new Blob([picture], { type: "image/png" }), undefined, "file", "image/png"],
  ["a Blob without a type", new Blob([picture])],
  ["an ArrayBuffer", buffer.slice(0)],
  ["an ArrayBuffer of another realm", vm.runInNewContext("new Uint8Array(bytes).buffer", { bytes: [...picture] })],
  ["a Uint8Array", picture],
  ["a Uint8Array of another realm", vm.runInNewContext("new Uint8Array(bytes)", { bytes: [...picture] })],
  ["a part of an ArrayBuffer", inTheMiddle],
  ["a Buffer, which shares its memory", Buffer.from(picture)],
  ["a DataView", new DataView(inTheMiddle.buffer, 2, picture.length)],
  ["an Int16Array", new Int16Array([1, -1]), undefined, "file", undefined, Uint8Array.of(1, 0, 255, 255)],
  [
    "an empty file",
    new File([], "nothing.txt", { type: "text/plain" }),
    undefined,
    "nothing.txt",
    "text/plain",
    new Uint8Array(),
  ],
  ["an empty ArrayBuffer", new ArrayBuffer(0), undefined, "file", undefined, new Uint8Array()],
  ["a name of the caller's", picture, { fileName: "a.png" }, "a.png"],
  ["a type of the caller's", picture, { contentType: "image/png" }, "file", "image/png"],
  [
    "a name in place of the File's",
    new File([picture], "b.png", { type: "image/png" }),
    { fileName: "a.png" },
    "a.png",
    "image/png",
  ],
  [
    "a type in place of the File's",
    new File([picture], "b.png", { type: "image/png" }),
    { contentType: "image/gif" },
    "b.png",
    "image/gif",
  ],
  ["an empty name", picture, { fileName: "" }],
  ["a name with quotes and line breaks", picture, { fileName: 'a"b\r\nc.png' }, "a%22b%0D%0Ac.png"],
  ["a name that is not ASCII", picture, { fileName: "ä😀.png" }, "ä😀.png"],
  ["a name that looks like a path", picture, { fileName: "../a b.png" }, "../a b.png"],
];

for (const [
  name,
  file,
  options,
  fileName = "file",
  contentType = "application/octet-stream",
  bytes = picture,
] of sent) {
  for (const apiKey of [undefined, 'k"1']) {
    test(`${name} is uploaded${apiKey ? ", behind the key" : ""}`, async (t) => {
      const server = await serve(t, answer(200, '{"key":"k"}'));
      const client = connect(server, apiKey === undefined ? {} : { auth: { apiKey, in: "body" } });
      assert.deepEqual(await client.uploadFile(file, options), { key: "k" });
      const [received] = server.received;
      const [, type = ""] = received.headers.find(([header]) => header.toLowerCase() === "content-type") ?? [];
      const found = parts(type, received.body);
      if (apiKey !== undefined) {
        assert.deepEqual(found.shift(), {
          headers: ['Content-Disposition: form-data; name="api_key"'],
          bytes: Buffer.from(apiKey),
        });
      }
      assert.deepEqual(found, [
        {
          headers: [
            `Content-Disposition: form-data; name="file"; filename="${fileName}"`,
            `Content-Type: ${contentType}`,
          ],
          bytes: Buffer.from(bytes),
        },
      ]);
      assert.equal(received.target, "/open/v1/acme/upload");
    });
  }
}

const detached = new ArrayBuffer(8);
structuredClone(detached, { transfer: [detached] });
const detachedView = new Uint8Array(8);
structuredClone(detachedView.buffer, { transfer: [detachedView.buffer] });

/** @type {unknown[]} */
const refused = [
  undefined,
  null,
  "a.png",
  "",
  7,
  true,
  1n,
  Symbol("a"),
  () => {},
  {},
  [],
  [1, 2],
  { byteLength: 3 },
  { size: 3, type: "" },
  new Map(),
  Promise.resolve(new Blob([])),
  new Response("x"),
  new FormData(),
  new ReadableStream(),
  new SharedArrayBuffer(8),
  detached,
  detachedView,
  allHostile(),
  allHostile(new Blob(["x"])),
  revoked(),
  revoked(new Uint8Array(2)),
  new Proxy(new Uint8Array(2), {}),
  trapped({}, "byteLength"),
];

test("a value that is not a file is refused, and the client lives on", async (t) => {
  const { client, refuses, works } = await survivor(t);
  for (const [at, file] of refused.entries()) {
    await t.test(`the ${at + 1}. value that is not a file`, async () => {
      const what = `the ${at + 1}.`;
      await refuses(client.uploadFile(file), { field: "file", what });
      await refuses(client.uploadFile(file, { contentType: "image/png", fileName: "a.png" }), { field: "file", what });
      await works();
    });
  }
});

test("a name or a type that is not a string is refused", async (t) => {
  const { client, refuses, works } = await survivor(t);
  for (const name of ["fileName", "contentType"]) {
    for (const value of [7, true, {}, ["a"], Symbol("a"), new String("a"), allHostile()]) {
      await refuses(client.uploadFile(picture, { [name]: value }), {
        code: "configuration",
        field: new RegExp(`^(options\\.)?${name}$`),
      });
    }
  }
  await works();
});

test("what may be a file is sent, or nothing is, and the client lives on", async (t) => {
  const { client, server, works } = await survivor(t);
  const named = trapped(new File(["x"], "a"), "name");
  // Runtimes differ about shared memory.
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  for (const file of [named, shared, Object.create(Blob.prototype), Object.create(File.prototype)]) {
    const before = server.received.length;
    const outcome = await client.uploadFile(file).then(
      () => 1,
      async (/** @type {unknown} */ reason) => {
        assert.equal((await failure(Promise.reject(reason))).delivery, "not_sent");
        return 0;
      },
    );
    assert.equal(server.received.length - before, outcome);
    await works();
  }
});

test("a file of megabytes is sent", async (t) => {
  const { client, server } = await survivor(t);
  await client.uploadFile(new Blob([new Uint8Array(8 * 2 ** 20)]));
  assert.ok(server.received[0].body.length > 8 * 2 ** 20);
});
