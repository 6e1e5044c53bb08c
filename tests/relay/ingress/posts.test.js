// The posts that a relay takes, and its answers.
import assert from "node:assert/strict";
import test from "node:test";
import { Botsplash } from "botsplash";
import { ADDRESS, form, navigation, PAGE, startIngress, submission } from "../support/ingress.js";

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;

/** @param {Record<string, string>} fields */
const multipart = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

test("a lead is kept in all three content types alike", async () => {
  const { post, postJson, outbox } = startIngress();
  const fields = { firstName: "Jane", phoneNumber: "3334445555" };
  const answers = [
    await post(new URLSearchParams({ ...fields, message: "1" })),
    await post(multipart({ ...fields, message: "2" })),
    await postJson({ visitor: { ...fields, extendedAttributes: { message: "3" } } }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [202, 202, 202],
  );
  assert.deepEqual(
    outbox.leads.map(({ submission, state }) => ({ submission, state })),
    ["1", "2", "3"].map((message) => ({
      submission: { visitor: { ...fields, extendedAttributes: { message } } },
      state: "queued",
    })),
  );
});

test("all requests share one client of the API", async () => {
  let reads = 0;
  const auth = {
    get username() {
      reads += 1;
      return "demo";
    },
    password: "demo",
  };
  const { post } = startIngress({ auth });
  await post(form());
  const before = reads;
  await post(form());
  await post(form());
  assert.ok(before > 0);
  assert.equal(reads, before);
});

test("a lead goes to the outbox of its listener", async () => {
  const { post, send, outbox } = startIngress({ listeners: { welcome: {}, "a/b c": {} } });
  await post(form());
  await send(ADDRESS.replace("welcome", "a%2Fb%20c"), { method: "POST", body: form() });
  assert.deepEqual(
    outbox.asked.map(({ listener }) => listener),
    ["welcome", "a/b c"],
  );
});

test("a script is answered with 202, and what fits the API's own answer", async () => {
  const { post } = startIngress({}, { successUrl: "https://www.example.com/thanks" });
  const answer = await post(form(), { "Sec-Fetch-Mode": "cors", Accept: "text/html" });
  const { requestId, ...body } = await answer.json();
  assert.equal(answer.status, 202);
  assert.deepEqual(body, { success: true, accepted: true });
  assert.match(requestId, UUID);
});

test("the client submits through a relay as to the API", async () => {
  const { relay, outbox } = startIngress();
  const client = new Botsplash({
    appId: "demo",
    baseUrl: "https://relay.example.com",
    fetch: (...request) => relay.fetch(new Request(...request), {}),
  });
  const call = { submissionKey: "key-1" };
  const answers = [
    await client.submitListener("welcome", submission, call),
    await client.submitListener("welcome", submission, call),
  ];
  assert.equal(answers[0]?.success, true);
  assert.equal(answers[1]?.requestId, answers[0]?.requestId);
  assert.deepEqual(
    outbox.leads.map((lead) => lead.submission),
    [submission],
  );
});

for (const [what, headers] of [
  ["a browser that says it navigates", { "Sec-Fetch-Mode": "navigate", Accept: "*/*" }],
  ["an older browser", { Accept: "text/html,application/xhtml+xml" }],
]) {
  test(`a plain form in ${what} is sent to the page of the configuration`, async () => {
    const { post, outbox } = startIngress({}, { successUrl: "https://www.example.com/thanks" });
    const answer = await post(form(), /** @type {any} */ (headers));
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "https://www.example.com/thanks");
    assert.equal(outbox.leads[0]?.via, "form");
  });
}

test("a plain form without such a page gets one of the relay's own", async () => {
  const answer = await startIngress().post(form(), navigation);
  assert.equal(answer.status, 202);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
  assert.match(await answer.text(), /<h1>Thank you<\/h1>/);
});

test("a plain form that is refused gets a page that says why", async () => {
  const answer = await startIngress().post(form({ teamCode: "333" }), navigation);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /Something is wrong with this form/);
});

test("what the relay's own pages say is text, whoever wrote it", async () => {
  const texts = { too_long: "<img src=x onerror=alert(1)>" };
  const answer = await startIngress({}, { texts }).postJson({ visitor: { phoneNumber: "1".repeat(50) } }, navigation);
  const html = await answer.text();
  assert.match(html, /&#60;img src=x/);
  assert.doesNotMatch(html, /<img/);
  assert.match(
    answer.headers.get("content-security-policy") ?? "",
    /^default-src 'none'; style-src 'nonce-[\w-]+'; base-uri 'none'; form-action 'none'$/,
  );
});

test("a plain form that is refused is sent to the page that the configuration has for it", async () => {
  const { post } = startIngress({}, { errorUrl: "/sorry" });
  for (const body of [form({ teamCode: "333" }), new URLSearchParams("message=Hi")]) {
    const answer = await post(body, navigation);
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/sorry"]);
  }
});

test("the same key is the same lead, answered like the first time", async () => {
  const { post, outbox } = startIngress();
  const first = await (await post(form({ submissionKey: "key-1" }))).json();
  const second = await post(form({ submissionKey: "key-1" }));
  assert.equal(second.status, 202);
  assert.deepEqual(await second.json(), first);
  assert.equal(outbox.leads.length, 1);
});

test("the same key with another content is a conflict", async () => {
  const { post, outbox } = startIngress();
  await post(form({ submissionKey: "key-1" }));
  const answer = await post(form({ submissionKey: "key-1", message: "Something else" }));
  assert.equal(answer.status, 422);
  assert.deepEqual(await answer.json(), {
    code: "key_conflict",
    message: "You have changed a message that we already have.",
    field: "submissionKey",
    detail: "submissionKey: the relay has it with another content. Make a new key for a new content.",
  });
  assert.equal(outbox.leads.length, 1);
});

test("JSON has its key in the query, and a key never becomes part of the lead", async () => {
  const { postJson, post, outbox } = startIngress();
  await postJson(submission, {}, "?submissionKey=key-1");
  assert.equal((await post(form({ submissionKey: "key-1" }))).status, 202);
  assert.deepEqual(
    outbox.leads.map((lead) => lead.submission),
    [submission],
  );
  assert.equal(outbox.asked[0]?.input.key.includes("key-1"), false, "kept as a hash");
});

test("a key that no script has filled in is none", async () => {
  const { post, outbox } = startIngress();
  assert.equal((await post(form({ submissionKey: "" }))).status, 202);
  assert.equal(outbox.leads[0]?.key, undefined);
});

test("a key that is none, or two of them, is refused", async () => {
  const { post, outbox } = startIngress();
  const bodies = ["a b", "ä", "k".repeat(65), "a/b"].map((submissionKey) => form({ submissionKey }));
  const two = form({ submissionKey: "key-1" });
  two.append("submissionKey", "key-2");
  for (const body of [...bodies, two]) {
    const answer = await post(body);
    assert.deepEqual([answer.status, (await answer.json()).code], [400, "key_wrong"]);
  }
  assert.equal(outbox.leads.length, 0);
});

test("when there is no room, nothing is kept and the post may come again", async () => {
  const { post, outbox } = startIngress();
  outbox.full = true;
  const answer = await post(form());
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).code, "outbox_full");
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
});

test("an outbox that fails is not a success, and its owner hears of it", async () => {
  const { post, outbox, alerts } = startIngress();
  outbox.broken = true;
  const answer = await post(form());
  assert.deepEqual([answer.status, (await answer.json()).code], [503, "unavailable"]);
  assert.deepEqual(
    alerts.map(({ code }) => code),
    ["relay_failed"],
  );
});

test("a lead that says nothing of a visitor is refused", async () => {
  const { post, postJson, outbox } = startIngress();
  /** @type {[Response, string][]} */
  const answers = [
    [await post(new URLSearchParams("message=Hi")), "phone_or_email_required"],
    [await postJson({ visitor: {} }), "phone_or_email_required"],
    [await postJson({ visitor: { phoneNumber: "", email: null } }), "phone_or_email_required"],
    [await postJson([]), "validation"],
  ];
  for (const [answer, code] of answers) {
    assert.deepEqual([answer.status, (await answer.json()).code], [422, code]);
  }
  assert.equal(outbox.leads.length, 0);
});

test("nothing else is there", async () => {
  const { send, outbox } = startIngress();
  const at = (/** @type {string} */ path) => `https://relay.example.com${path}`;
  for (const path of [
    "/",
    "/demo",
    "/demo/listener/botsplash/other",
    "/demo/listener/botsplash/__proto__",
    "/demo/message",
    "/other/listener/botsplash/welcome",
    "/demo/listener/botsplash/welcome/",
    "/demo/listener/botsplash/%ff",
    "/review",
    "/x/demo/listener/botsplash/welcome",
  ]) {
    const answer = await send(at(path), { method: "POST", body: form() });
    assert.deepEqual([path, answer.status], [path, 404]);
  }
  assert.equal(outbox.asked.length, 0);
});

test("a listener takes posts only", async () => {
  const { send } = startIngress();
  for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
    const answer = await send(ADDRESS, { method });
    assert.deepEqual([method, answer.status, answer.headers.get("allow")], [method, 405, "POST, OPTIONS"]);
  }
});

test("a relay below a path answers there only", async () => {
  const { send, outbox } = startIngress({ basePath: "/relay" });
  const path = "/demo/listener/botsplash/welcome";
  assert.equal((await send(`${PAGE}${path}`, { method: "POST", body: form() })).status, 404);
  assert.equal((await send(`${PAGE}/relay${path}`, { method: "POST", body: form() })).status, 202);
  assert.equal(outbox.leads.length, 1);
});

test("the cron wakes every outbox, also when one of them fails", async () => {
  const { relay, outbox, alerts } = startIngress({ listeners: { welcome: {}, reminder: {} } });
  await relay.scheduled({}, {});
  assert.deepEqual(
    outbox.asked.map(({ listener, action }) => [listener, action]),
    [
      ["welcome", "sweep"],
      ["reminder", "sweep"],
    ],
  );
  outbox.broken = true;
  await relay.scheduled({}, {});
  assert.deepEqual(
    alerts.map(({ code, listenerId }) => [code, listenerId]),
    [
      ["sweep_failed", undefined],
      ["sweep_failed", "welcome"],
      ["sweep_failed", "reminder"],
    ],
  );
});
