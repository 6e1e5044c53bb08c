// The examples that run outside of WebAssembly, against a sandbox and its record.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { startProgram } from "../packages/support/program.js";
import { row } from "../packages/support/row.js";
import { sandboxFor } from "../packages/support/sandbox.js";
import { versions } from "./support.js";

const workspace = at("examples", "rust");
const program = (/** @type {string} */ name) => at("target", "examples", "debug", name);

before(async () => {
  const packages = ["axum-form", "quick-start", "ureq-message"].flatMap((name) => ["--package", name]);
  const { code, output } = await capture("cargo", ["build", ...packages], { cwd: workspace });
  assert.equal(code, 0, output);
});

/** @param {import("node:test").TestContext} test @param {Record<string, string>} env @returns {Promise<string>} */
const startForm = (test, env) =>
  startProgram(test, program("axum-form"), [], {
    cwd: workspace,
    env: { ...env, PORT: "0" },
    ready: /^(http:\S+)$/m,
  });

/** @param {string} address */
const post = async (address) => {
  const body = new URLSearchParams({ firstName: "Jane", phoneNumber: "3334445555" });
  const response = await fetch(`${address}/lead`, { method: "POST", body });
  return [response.status, await response.text()];
};

/** An address where nobody listens. */
const nobody = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
};

/** @param {import("node:test").TestContext} test @param {(socket: import("node:net").Socket) => void} answer */
const listening = async (test, answer) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
};

/** The sandbox sends messages to visitors that it knows. @param {Record<string, string>} env */
const createVisitor = async ({ API_URL, API_USERNAME, API_PASSWORD }) => {
  const response = await fetch(`${API_URL}/demo/visitor/clientVisitorId/12345`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${API_USERNAME}:${API_PASSWORD}`)}`, "content-type": "application/json" },
    body: JSON.stringify({ visitor: { clientVisitorId: "12345", phoneNumber: "3334445555" } }),
  });
  assert.equal(response.status, 200);
};

const account = { API_USERNAME: "acme-crm", API_PASSWORD: "hunter2" };

test("the quick start submits a lead once, at the address that it is given", async (test) => {
  const { sandbox, env } = await sandboxFor(test);
  const { code, output } = await capture(program("quick-start"), [env.API_URL]);
  assert.equal(code, 0, output);
  assert.match(output, /^[\w-]{36}\n$/);
  assert.deepEqual(
    sandbox.texts.map(({ to, text }) => [to, text]),
    [["3334445555", "Welcome!"]],
  );
});

test("the form on axum submits a lead once", async (test) => {
  const { sandbox, env } = await sandboxFor(test);
  const address = await startForm(test, env);
  assert.deepEqual(await post(address), [200, "Thank you.\n"]);
  assert.deepEqual(
    sandbox.submissions.map(({ visitor }) => [visitor.firstName, visitor.phoneNumber]),
    [["Jane", "3334445555"]],
  );
});

test("a refused connection sent nothing, a torn one leaves it open", async (test) => {
  const refused = await startForm(test, { ...account, API_URL: await nobody() });
  assert.equal((await post(refused))[0], 502);

  const torn = await listening(test, (socket) => socket.destroy());
  const address = await startForm(test, { ...account, API_URL: torn.url });
  assert.equal((await post(address))[0], 202);
  assert.equal(torn.connections(), 1, "a submit that may have arrived was sent again");
});

test("a redirect is not followed", async (test) => {
  const elsewhere = await listening(test, (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
  const head = `HTTP/1.1 307 Temporary Redirect\r\nlocation: ${elsewhere.url}/\r\ncontent-length: 0\r\n\r\n`;
  const redirecting = await listening(test, (socket) => socket.end(head));
  const address = await startForm(test, { ...account, API_URL: redirecting.url });
  assert.equal((await post(address))[0], 202);
  assert.deepEqual([redirecting.connections(), elsewhere.connections()], [1, 0]);
});

test("the program on ureq sends a message, and says what failed without a secret", async (test) => {
  const { sandbox, env } = await sandboxFor(test);
  const send = (/** @type {Record<string, string>} */ env) =>
    capture(program("ureq-message"), ["12345", "3334445555", "Welcome!"], { env });
  await createVisitor(env);
  const sent = await send(env);
  assert.equal(sent.code, 0, sent.output);
  assert.deepEqual(
    sandbox.texts.map(({ to, text }) => [to, text]),
    [["3334445555", "Welcome!"]],
  );

  const refused = await send({ ...account, API_URL: await nobody() });
  assert.equal(refused.code, 1);
  assert.match(refused.output, /Nothing was sent/);
  assert.doesNotMatch(refused.output, /hunter2|aHVudGVyMg|YWNtZS1jcm06/);
});

test("what has passed is a row of the table", async () => {
  const native = "`x86_64-unknown-linux-gnu`";
  const note = "run, against the sandbox";
  row({
    language: "Rust",
    environment: `${native}: axum, a server`,
    versions: await versions("axum", "reqwest"),
    note,
  });
  row({ language: "Rust", environment: `${native}: ureq, which blocks`, versions: await versions("ureq"), note });
});
