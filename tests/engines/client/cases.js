// The client's JavaScript in a page: what it reads, writes and hands over. It is served beside the package.
// cspell:ignore Mesage

/** @typedef {any} Any */

/** @type {(path: string) => Promise<typeof import("../../../pkg/dist/index.js")>} */
const load = (path) => import(path);
const { Botsplash, BotsplashError, bodyOf } = await load("./index.js");

const yes = '{"success":true,"requestId":"r-1"}';
const submission = { visitor: {} };

/** @param {number} status @param {string} body @param {HeadersInit} [headers] a fetch that keeps what it was asked */
const answering = (status, body, headers) => {
  /** @type {Request[]} */
  const seen = [];
  /** @param {string} url @param {RequestInit} init */
  const fetch = async (url, init) => {
    seen.push(new Request(url, init));
    return new Response(body, { status, headers });
  };
  return { fetch, seen };
};

/** A fetch that never answers by itself. */
const hanging = () => {
  const counts = { aborted: 0 };
  /** @param {string} _ @param {Any} init */
  const fetch = (_, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        counts.aborted += 1;
        reject(signal.reason);
      });
    });
  return { fetch, counts };
};

/** @param {Any} fetch @param {object} [options] @returns {Any} */
const client = (fetch, options) => new Botsplash({ appId: "acme", baseUrl: "https://relay.test", fetch, ...options });

/** @param {Promise<unknown>} call @returns {Promise<Any>} */
const failure = (call) =>
  call.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );

/** @param {unknown} got @param {unknown} expected @param {unknown} [what] */
const same = (got, expected, what = "") => {
  const [one, other] = [got, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`${what}: ${one} is not ${other}`);
};

/** @type {Record<string, () => Promise<void>>} */
const cases = {
  async "an object goes out as JSON.stringify writes it"() {
    const { fetch, seen } = answering(200, yes);
    const answer = await client(fetch).submitListener("welcome", {
      args: { message: 'ä "x"', deep: [1.5, null, undefined, new Date(0)] },
      visitor: { deliveryStatus: 202, email: null, teamCode: undefined },
    });
    same(answer, { success: true, requestId: "r-1" });
    const [{ method, url, redirect, headers }] = seen;
    same([method, url, redirect], ["POST", "https://relay.test/acme/listener/botsplash/welcome", "manual"]);
    same([...headers].sort(), [
      ["accept", "application/json"],
      ["content-type", "application/json"],
    ]);
    const body =
      '{"args":{"message":"ä \\"x\\"","deep":[1.5,null,null,"1970-01-01T00:00:00.000Z"]},"visitor":{"deliveryStatus":202,"email":null}}';
    same(await seen[0].text(), body);
  },

  async "an answer arrives untouched"() {
    const text = '{"id":"v","archived":"yes","deliveryStatus":null,"new":{"a":[1]}}';
    const answer = await client(answering(200, text).fetch).sendMessage({ text: "hi" });
    same(answer, JSON.parse(text));
  },

  async "every operation has its method and path"() {
    const { fetch, seen } = answering(200, "{}");
    const all = client(fetch);
    const who = { clientVisitorId: "a/b" };
    await all.submitListener("7", submission);
    await all.uploadFile(new Blob(["abc"]));
    await all.triggerSequence("7", submission);
    await all.updateVisitor(who, {});
    await all.callVisitorAction(who, "7");
    await all.listMeetings(who);
    await all.scheduleMeeting(who, { agentClientUserId: "1", followupAt: new Date(0) });
    await all.sendMessage({ text: "hi" });
    await all.updatePhoneStatuses({ items: [] });
    same(
      seen.map(({ method, url }) => `${method} ${url.replace("https://relay.test/acme", "")}`),
      [
        "POST /listener/botsplash/7",
        "POST /upload",
        "POST /sequence/7",
        "POST /visitor/clientVisitorId/a%2Fb",
        "POST /visitor/clientVisitorId/a%2Fb/action/7",
        "GET /visitor/clientVisitorId/a%2Fb/meeting",
        "POST /visitor/clientVisitorId/a%2Fb/meeting",
        "POST /message",
        "POST /phone/status",
      ],
    );
  },

  async "what does not fit is named and not sent"() {
    const { fetch, seen } = answering(200, yes);
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw 1;
        },
      },
    );
    /** @type {[Any, string][]} */
    const wrong = [
      [{ visitor: { phonNumber: "1" } }, "visitor.phonNumber"],
      [{ visitor: { email: 5 } }, "visitor.email"],
      [{ visitor: { extendedAttributes: { big: 1n } } }, "visitor.extendedAttributes.big"],
      [{ visitor: {}, args: { when: Number.NaN } }, "args.when"],
      [{ visitor: hostile }, "visitor"],
      [{ visitor: Promise.resolve({}) }, "visitor"],
      [{ visitor: new Date() }, "visitor"],
      [{}, "visitor"],
      [null, "body"],
      [undefined, "body"],
    ];
    for (const [given, field] of wrong) {
      const error = await failure(client(fetch).submitListener("welcome", given));
      same([error.code, error.delivery, error.field, error.name], ["validation", "not_sent", field, "BotsplashError"]);
      same(error instanceof BotsplashError && error instanceof Error, true);
    }
    same(seen.length, 0);
    await client(fetch).submitListener("welcome", submission);
  },

  async "a refusal becomes an error with what the server said"() {
    const { fetch } = answering(429, '{"requestId":"r-2"}', { "retry-after": "31" });
    const error = await failure(client(fetch).submitListener("welcome", submission));
    const { code, httpStatus, delivery, retryAfterMs, requestId, attempts } = error;
    same([code, httpStatus, delivery, retryAfterMs, requestId], ["http", 429, "rejected", 31_000, "r-2"]);
    same([bodyOf(error), attempts.length], [{ requestId: "r-2" }, 1]);
  },

  async "aborting ends the call and the fetch, whatever the reason"() {
    for (const reason of [undefined, "stop", null, new Error("x")]) {
      const { fetch, counts } = hanging();
      const controller = new AbortController();
      setTimeout(() => controller.abort(reason), 5);
      const error = await failure(client(fetch).submitListener("welcome", submission, { signal: controller.signal }));
      same([error.code, error.delivery, counts.aborted], ["aborted", "unknown", 1]);
    }
  },

  async "a signal that has aborted keeps the request in"() {
    const { fetch, seen } = answering(200, yes);
    const controller = new AbortController();
    controller.abort("no");
    const error = await failure(client(fetch).submitListener("welcome", submission, { signal: controller.signal }));
    same([error.code, error.delivery, seen.length], ["aborted", "not_sent", 0]);
  },

  async "a timeout covers the head and the body"() {
    const head = await failure(client(hanging().fetch).submitListener("welcome", submission, { timeoutMs: 20 }));
    same([head.code, head.delivery], ["timeout", "unknown"]);
    const stalling = async () => new Response(new ReadableStream({}), { status: 200 });
    const body = await failure(client(stalling).submitListener("welcome", submission, { timeoutMs: 20 }));
    same([body.code, body.delivery, body.httpStatus], ["timeout", "accepted", 200]);
  },

  async "whatever a fetch does, the caller gets an error"() {
    const throws = () => {
      throw 1;
    };
    /** @type {[string, () => Any][]} */
    const fetches = [
      ["rejects with undefined", () => Promise.reject(undefined)],
      ["rejects with a text", () => Promise.reject("stop")],
      ["throws", throws],
      ["answers undefined", () => undefined],
      ["answers a number", () => 5],
      ["a status that throws", () => Object.defineProperty({}, "status", { get: throws })],
      [
        "headers and a text that throw",
        () => Object.defineProperty({ status: 200, text: throws }, "headers", { get: throws }),
      ],
      ["a text that rejects", () => ({ status: 200, headers: { get: throws }, text: () => Promise.reject() })],
      ["a text that is a number", () => ({ status: 200, text: async () => 5 })],
      ["a then that throws", () => Object.defineProperty({}, "then", { value: throws })],
    ];
    for (const [what, fetch] of fetches) {
      const error = await failure(client(fetch).submitListener("welcome", submission));
      same([error.code, error instanceof BotsplashError], ["network", true], what);
    }
  },

  async "an upload is one part"() {
    /** @type {[Any, object, string, string, number][]} */
    const files = [
      [new File(["abc"], "a.txt", { type: "text/plain" }), {}, "a.txt", "text/plain", 3],
      [new Blob(["abcd"], { type: "image/png" }), {}, "file", "image/png", 4],
      [new Uint8Array([0, 1, 2, 3]).subarray(1), { fileName: "b" }, "b", "", 3],
      [new ArrayBuffer(2), { contentType: "video/mp4" }, "file", "video/mp4", 2],
      [new File(["x"], "a.txt"), { contentType: "text/csv" }, "a.txt", "text/csv", 1],
    ];
    for (const [file, options, name, type, size] of files) {
      /** @type {Any} */
      let form;
      // A fetch of the caller's own is given bytes, whose type names the boundary.
      const fetch = async (/** @type {Any} */ _, /** @type {Any} */ { body, headers }) => {
        form = await new Response(body, { headers }).formData();
        return new Response('{"key":"k"}');
      };
      same(await client(fetch).uploadFile(file, options), { key: "k" });
      const parts = [...form].map(([part, value]) => [part, value.name, value.type, value.size]);
      same(parts, [["file", name, type || "application/octet-stream", size]]);
    }
    const error = await failure(client(answering(200, yes).fetch).uploadFile("abc"));
    same([error.code, error.field], ["validation", "file"]);
  },

  async "freeing the client lets a running call finish"() {
    const freed = client(answering(200, yes).fetch);
    const call = freed.submitListener("welcome", submission);
    freed.free();
    same((await call).success, true);
  },

  async "in a page credentials are refused unless they are allowed"() {
    const auth = { username: "u", password: "p" };
    const { fetch } = answering(200, yes);
    same((await failure(client(fetch, { auth }).ready())).code, "configuration");
    await client(fetch, { auth, allowBrowserCredentials: true }).ready();
  },

  async "wrong options are named"() {
    /** @type {[Any, string][]} */
    const wrong = [
      [{ appId: undefined }, "appId"],
      [{ appId: 5 }, "appId"],
      [{ baseURL: "https://x" }, "baseURL"],
      [{ timeoutMs: 0 }, "timeoutMs"],
      [{ retries: 11 }, "retries"],
      [{ routes: { sendMesage: "POST /{appId}/m" } }, "routes.sendMesage"],
      [{ routes: { sendMessage: "POST /m" } }, "routes.sendMessage"],
      [{ auth: { apiKey: "" } }, "auth.apiKey"],
    ];
    for (const [options, field] of wrong) {
      same((await failure(client(answering(200, yes).fetch, options).ready())).field, field);
    }
  },

  async "a full stack leaves the client alive"() {
    const { fetch } = answering(200, "{}");
    const one = client(fetch);
    /** @type {Promise<unknown>[]} */
    const calls = [];
    let made = 0;
    const dive = () => {
      try {
        dive();
      } catch {
        // The bottom, or near it.
      }
      if (made++ > 300) return;
      try {
        calls[made] = one.sendMessage({ text: "hi" });
      } catch {
        // No stack at all.
      }
    };
    dive();
    await Promise.allSettled(calls);
    same(await one.sendMessage({ text: "hi" }), {});
  },
};

/** @returns {Promise<Record<string, string>>} what became of each: nothing where it passed */
export const results = async () => {
  /** @type {Record<string, string>} */
  const came = {};
  for (const [name, run] of Object.entries(cases)) {
    came[name] = await run().then(
      () => "",
      (error) => String(error?.stack ?? error),
    );
  }
  return came;
};
