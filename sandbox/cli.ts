#!/usr/bin/env node
import { parseArgs } from "node:util";
import { demoCredentials } from "./index.ts";
import { startServer } from "./server.ts";

const USAGE = `Usage: botsplash-sandbox [options]

Serves a sandbox of the Botsplash API on this machine. Nothing it is sent leaves it.

  --port <number>   the port to listen on (default: any free one)
  --host <address>  the address to listen on (default: 127.0.0.1)
  --app-id <id>     the only account there is (default: any appId is accepted)
  --no-auth         ask for no credentials
  --help            show this
`;

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`botsplash-sandbox: ${message}`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        host: { type: "string" },
        "app-id": { type: "string" },
        "no-auth": { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    fail(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
  }
}

const args = readArguments();
if (args.help) {
  console.log(USAGE);
  process.exit(0);
}
const port = Number(args.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail("--port is a number from 0 to 65535");

const appId = args["app-id"];
const open = args["no-auth"] === true;
const { url, origin } = await startServer({
  port,
  ...(args.host !== undefined && { host: args.host }),
  ...(appId !== undefined && { appId }),
  ...(open && { credentials: false }),
}).catch((/** @type {NodeJS.ErrnoException} */ error) =>
  fail(error.code === "EADDRINUSE" ? `port ${port} is taken: choose another, or none for any free one` : error.message),
);

const [basic, { apiKey }] = demoCredentials;
const login = `${basic.username}:${basic.password}`;
const body = JSON.stringify({ visitor: { clientVisitorId: "12345", firstName: "Jane", phoneNumber: "3334445555" } });
const target = `${url}/${encodeURIComponent(appId ?? "demo")}/listener/botsplash/welcome`;
console.log(`Botsplash sandbox: ${url}

Credentials: ${open ? "none needed" : `${basic.username} / ${basic.password} (Basic), or api_key ${apiKey}`}
What people received: ${origin}/_sandbox/texts
Try it:
  curl ${open ? "" : `-u ${login} `}-H 'Content-Type: application/json' -d '${body}' '${target}'`);

// No farewell to open connections: some of them hang on purpose.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => process.exit(0));
