// Who may say what: the public's words never become an outgoing text, and what people type becomes what the API takes.
// cspell:ignore exämple exmple rené phonenumber Numer prüfen Nummer Nicht gesendet हिन्दी भारत
import assert from "node:assert/strict";
import test from "node:test";
import { probablyMeant } from "../../../relay/field-names.ts";
import { emailAddress } from "../../../relay/ingress/email.ts";
import { holdsLure } from "../../../relay/ingress/lure.ts";
import { northAmerican } from "../../../relay/phone.ts";
import { TEXTS } from "../../../relay/texts.ts";
import { form, navigation, startIngress } from "../support/ingress.js";

test("a form's message is for its owner to read, and is not what the API texts", async () => {
  const { post, outbox } = startIngress({}, { args: { message: "Thanks, we will text you." } });
  const answer = await post(form({ message: "Your account is locked, call 900 555 1000" }));
  assert.equal(answer.status, 202);
  assert.deepEqual(outbox.leads[0]?.submission, {
    visitor: {
      firstName: "Jane",
      phoneNumber: "3334445555",
      extendedAttributes: { message: "Your account is locked, call 900 555 1000" },
    },
    args: { message: "Thanks, we will text you." },
  });
});

test("JSON that says what to text is refused, and told which option lets it", async () => {
  for (const name of ["message", "mediaUrl", "mediaKey"]) {
    const { postJson, outbox } = startIngress();
    const answer = await postJson({ visitor: { phoneNumber: "3334445555" }, args: { [name]: "x" } });
    const { code, field, detail } = await answer.json();
    assert.deepEqual([answer.status, code, field], [422, "field_refused", `args.${name}`]);
    assert.match(detail, /option fields/);
    assert.equal(outbox.asked.length, 0);
  }
});

test("where the owner lists it, the public says what is texted", async () => {
  const { post, postJson, outbox } = startIngress({}, { fields: ["phoneNumber", "message"] });
  await post(new URLSearchParams({ phoneNumber: "3334445555", message: "1" }));
  await postJson({ visitor: { phoneNumber: "3334445555" }, args: { message: "2" } });
  assert.deepEqual(
    outbox.leads.map(({ submission }) => submission.args),
    [{ message: "1" }, { message: "2" }],
  );
});

/** @type {[typed: string, taken: string | undefined][]} */
const numbers = [
  ["3334445555", "3334445555"],
  ["(333) 444-5555", "3334445555"],
  ["+1 333.444.5555", "3334445555"],
  ["1-333-444-5555", "3334445555"],
  ["tel:+13334445555", "3334445555"],
  ["333\u2011444\u20135555", "3334445555"],
  ["\u202a+1 (333)\u00a0444-5555\u202c", "3334445555"],
  ["３３３４４４５５５５", "3334445555"],
  ["٣٣٣٤٤٤٥٥٥٥", "3334445555"],
  ["333/444/5555", "3334445555"],
  ["911", undefined],
  ["garbage", undefined],
  ["9115551000", undefined],
  ["9005551000", undefined],
  ["3339115555", undefined],
  ["3332115555", undefined],
  ["1334445555", undefined],
  ["0334445555", undefined],
  ["3331445555", undefined],
  ["33344455556", undefined],
  ["+44 20 7946 0958", undefined],
  ["+2 333 444 5555", undefined],
  ["333444555", undefined],
  ["333-444-5555 ext 2", undefined],
  ["3334445555 3334445556", undefined],
  ["3334445555;DROP", undefined],
];
for (const [typed, taken] of numbers) {
  test(`a phone number as people type it: ${JSON.stringify(typed)}`, async () => {
    assert.equal(northAmerican(typed), taken);
    const { post, outbox } = startIngress();
    const answer = await post(form({ phoneNumber: typed }));
    if (taken === undefined) {
      const { code, field, message } = await answer.json();
      assert.deepEqual([answer.status, code, field], [422, "phone_wrong", "visitor.phoneNumber"]);
      assert.equal(message, TEXTS.phone_wrong);
      assert.equal(outbox.leads.length, 0);
    } else assert.equal(outbox.leads[0]?.submission.visitor.phoneNumber, taken);
  });
}

test("an option takes numbers as they are", async () => {
  const { post, outbox } = startIngress({}, { phoneFormat: "any" });
  await post(form({ phoneNumber: "+44 20 7946 0958" }));
  assert.equal(outbox.leads[0]?.submission.visitor.phoneNumber, "+44 20 7946 0958");
});

test("an email is checked as browsers check it", async () => {
  for (const good of ["a@b", "jane.doe+x@example.com", "j'o@ex-ample.co", " jane@example.com "]) {
    assert.equal(emailAddress(good), good.trim(), good);
  }
  assert.equal(emailAddress("jane@exämple.de"), "jane@xn--exmple-cua.de");
  for (const bad of ["foo", "@b", "a@", "a b@c", "a@b@c", "a@-b", "a@b..c", "rené@b", "a@b/c", ""]) {
    assert.equal(emailAddress(bad), undefined, bad);
  }
  const answer = await startIngress().post(form({ email: "foo" }));
  assert.deepEqual([answer.status, (await answer.json()).message], [422, TEXTS.email_wrong]);
});

const lures = [
  "https://evil.example/x",
  "Jane www.evil.example",
  "evil.example",
  "Jane, see EVIL.Com",
  "t.co/abc",
  "bit.ly/3x",
  "evil\u200b.example",
  "evil．example",
  "evil。example",
  "http://1.2.3.4",
  "1.2.3.4",
  "Call 900-555-1000",
  "(900) 555 1000",
  "me@evil.example",
  "tel:9005551000",
  // Behind what looks like an initial or a title.
  "a.evil.com",
  "dr.evil.com/x",
  "हिन्दी.भारत",
  "\u{1f4a9}.la",
  "Call 900\u2011555\u20111000",
  "Call 900/555/1000",
  "Call 900_555_1000",
  "٩٠٠٥٥٥١٠٠٠",
  "\u0661.2.3.4",
];
const names = [
  "Jane",
  "J.R.",
  "St.John",
  "Mrs.Smith",
  "A.J.Smith",
  "J.R.R.Smith",
  "Jane \u2764 Smith Jr.",
  "J. Smith",
  "O'Neil-Smith",
  "Dr. Who",
  "李小龙",
  "Ann 3rd",
];
for (const name of lures) {
  test(`a name that holds a link or a number to call is quarantined: ${JSON.stringify(name)}`, async () => {
    assert.equal(holdsLure(name), true);
    for (const field of ["firstName", "lastName", "state", "tzName"]) {
      const { post, outbox } = startIngress();
      assert.equal((await post(form({ [field]: name }))).status, 202);
      assert.deepEqual([outbox.leads[0]?.state, outbox.leads[0]?.caughtBy], ["quarantined", "lure"], field);
    }
  });
}
test("a number to call that is divided between the names is quarantined", async () => {
  const { post, outbox } = startIngress();
  assert.equal((await post(form({ firstName: "Call 900-555", lastName: "1000" }))).status, 202);
  assert.deepEqual([outbox.leads[0]?.state, outbox.leads[0]?.caughtBy], ["quarantined", "lure"]);
});
test("a name that is one is not", () => {
  for (const name of names) assert.equal(holdsLure(name), false, name);
});

test("values have bounds", async () => {
  for (const [name, length] of /** @type {[string, number][]} */ ([
    ["firstName", 60],
    ["message", 5000],
    ["email", 254],
  ])) {
    const answer = await startIngress().post(form({ [name]: "x".repeat(length + 1) }));
    assert.deepEqual([answer.status, (await answer.json()).code], [422, "too_long"], name);
  }
});

test("a lead needs a phone number or an email, or what its listener requires", async () => {
  const { post } = startIngress({}, { required: ["phoneNumber", "color"], extendedAttributes: ["color"] });
  const missing = async (/** @type {Record<string, string>} */ fields) => {
    const answer = await post(new URLSearchParams(fields));
    return answer.status === 202 ? undefined : (await answer.json()).field;
  };
  assert.equal(await missing({ email: "a@b" }), "visitor.phoneNumber");
  assert.equal(await missing({ phoneNumber: "3334445555" }), "visitor.extendedAttributes.color");
  assert.equal(await missing({ phoneNumber: "3334445555", color: " red " }), undefined);
});

test("a misspelt field does not make a lead without a number behind a 202, and the owner's developer reads what was meant", async () => {
  for (const name of [
    "phone",
    "phoneNumber[]",
    "visitor.phoneNumber",
    "visitor[phoneNumber]",
    "phonenumber",
    "phoneNumer",
  ]) {
    const { post, outbox } = startIngress();
    const answer = await post(new URLSearchParams({ firstName: "Jane", [name]: "3334445555" }));
    const { message, detail } = await answer.json();
    assert.deepEqual([answer.status, message], [422, TEXTS.phone_or_email_required], name);
    assert.match(detail, /"phoneNumber" \(visitor\.phoneNumber\) was probably meant/, name);
    assert.equal(outbox.leads.length, 0);
  }
  assert.equal(probablyMeant("args[message]"), "message");
  assert.equal(probablyMeant("visitor.firstName"), "firstName");
  assert.equal(probablyMeant("color"), undefined);
});

test("visitors read sentences, and those of the listener where it has some", async () => {
  const texts = {
    phone_wrong: "Bitte prüfen Sie die Nummer.",
    refused_title: "Nicht gesendet",
    too_long: "{field}: zu lang",
  };
  const { post } = startIngress({}, { texts });
  assert.equal((await (await post(form({ phoneNumber: "1" }))).json()).message, texts.phone_wrong);
  assert.equal((await (await post(form({ firstName: "x".repeat(99) }))).json()).message, "first name: zu lang");
  const page = await (await post(form({ phoneNumber: "1" }), navigation)).text();
  assert.match(page, /<h1>Nicht gesendet<\/h1>/);
  for (const [body, status] of /** @type {[string, number][]} */ ([
    ["visitor", 422],
    ["%", 422],
    ["teamCode=1&phoneNumber=3334445555", 422],
    ["phoneNumber=1&phoneNumber=2", 422],
  ])) {
    const answer = await post(body, { "Content-Type": "application/x-www-form-urlencoded" });
    const { message } = await answer.json();
    assert.equal(answer.status, status);
    assert.doesNotMatch(message, /submitListener|visitor|args|Nothing was sent|\bJSON\b/, body);
    assert.match(message, /^[A-Z].*\.$/);
  }
});

test("a key that the server wrote into the page lets a person who changed the text go on", async () => {
  const { post, outbox } = startIngress({}, { errorUrl: "/sorry" });
  await post(form({ submissionKey: "key-1" }), navigation);
  const answer = await post(form({ submissionKey: "key-1", message: 'Other "words"' }), navigation);
  const html = await answer.text();
  assert.equal(answer.status, 422);
  assert.match(html, /<button>Send it as a new message<\/button>/);
  assert.match(answer.headers.get("content-security-policy") ?? "", /form-action 'self'/);
  const again = new URLSearchParams(
    [...html.matchAll(/name="(.*?)" value="(.*?)"/g)].map(([, name = "", value = ""]) => [
      name,
      value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)),
    ]),
  );
  assert.equal(again.has("submissionKey"), false);
  // The browser posts it from the relay's own page.
  const own = { Origin: "https://relay.example.com", "Sec-Fetch-Site": "same-origin" };
  assert.equal((await post(again, { ...navigation, ...own })).status, 202);
  assert.equal(outbox.leads[1]?.submission.visitor.extendedAttributes.message, 'Other "words"');
});

test("the relay's own small pages may be framed, the review page may not", async () => {
  const { post, send } = startIngress({ reviewSecret: "review-secret-of-32-characters-or-more" });
  const policyOf = (/** @type {Response} */ answer) => answer.headers.get("content-security-policy") ?? "";
  assert.doesNotMatch(policyOf(await post(form(), navigation)), /frame-ancestors/);
  assert.doesNotMatch(policyOf(await post(form({ email: "foo" }), navigation)), /frame-ancestors/);
  assert.match(policyOf(await send("https://relay.example.com/review")), /frame-ancestors 'none'/);
});
