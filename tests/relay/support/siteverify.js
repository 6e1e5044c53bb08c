import { createServer } from "node:http";

/**
 * A stand-in for where Turnstile tokens are verified: a token is good once, and again under the same idempotency key.
 * @param {import("node:test").TestContext} test
 * @param {Record<string, unknown>} [verdict] more of what it says of a good token
 * @param {(token: string) => boolean} [isGood]
 */
export const startSiteverify = async (test, verdict, isGood = (token) => token === "good") => {
  /** @type {Record<string, string>[]} */
  const asked = [];
  /** @type {Map<string, string | undefined>} */
  const spent = new Map();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = Object.fromEntries(new URLSearchParams(body));
    asked.push(form);
    if (form.response === "redirect") return response.writeHead(302, { location: "/elsewhere" }).end();
    if (form.response === "tear") return void response.destroy();
    if (form.response === "html") return response.end("<h1>Sorry</h1>");
    const isSpent =
      spent.has(form.response) && (!form.idempotency_key || spent.get(form.response) !== form.idempotency_key);
    const success = form.secret === "turnstile-secret" && isGood(form.response ?? "") && !isSpent;
    if (!isSpent) spent.set(form.response, form.idempotency_key);
    response.end(JSON.stringify({ success, hostname: "www.example.com", action: "lead", ...verdict }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/siteverify`, asked };
};
