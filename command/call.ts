// `botsplash call`: one call of the client, for shells and cron.
import type { OperationName } from "botsplash";
import { accountHelp, accountOptions, readAccount, secretOptions } from "./account.ts";
import { callShapes, usageOf } from "./call/operations.ts";
import { fieldsOf, STATUS } from "./call/status.ts";
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { nearest } from "./nearest.ts";
import { print, tell } from "./terminal.ts";

const NAMES = Object.keys(callShapes) as OperationName[];

const help = `Usage: botsplash call <operation> [argument] [options]

Makes one call, prints the answer as JSON on standard output, and tells an error on standard error.

${NAMES.map((name) => `  ${usageOf(name)}\n`).join("")}
  --client-visitor-id <id>, --client-app-id <id>
                        the visitor, by one of the caller's own ids
  --body <file>         the body, in place of standard input
  --file-name <name>, --content-type <type>
                        of an upload; <file> may be - for standard input
  --submission-key <key>
                        for a relay: the same key is the same lead, however often it is sent
  --retries <number>    how often it may be tried again, 0 to 10 (default: 2)
  --json                tells an error as JSON, with its fields
${accountHelp}

The exit status is the delivery:
   0  accepted, and answered
  10  not sent: nothing left this machine
  11  rejected: nothing was done
  12  unknown: do not send again what texts a person without looking
  13  accepted, but the response was lost or cannot be read: do not send it again

Example:
  npx botsplash call submitListener welcome < lead.json
`;

export const command = defineCommand({
  help,
  options: {
    ...accountOptions,
    "client-visitor-id": { type: "string" },
    "client-app-id": { type: "string" },
    body: { type: "string" },
    "file-name": { type: "string" },
    "content-type": { type: "string" },
    "submission-key": { type: "string" },
    retries: { type: "string" },
    json: { type: "boolean" },
  },
  operands: ["operation", "argument?"],
  refused: Object.fromEntries(
    secretOptions.map((name) => [name, "Credentials never go into arguments, which others can see: see --help."]),
  ),
  usageStatus: STATUS.not_sent,
  async run({ values, operands: [name = "", operand] }) {
    const shape = Object.hasOwn(callShapes, name) ? callShapes[name as OperationName] : undefined;
    if (shape === undefined) {
      const near = nearest(name, NAMES);
      throw fail(`There is no such operation${near === undefined ? "." : `: did you mean ${near}?`}`);
    }
    if (shape.operand !== undefined && operand === undefined) throw fail(`The argument <${shape.operand}> is missing.`);
    if (shape.operand === undefined && operand !== undefined) throw fail(`${name} takes no argument.`);
    const retries = values.retries;
    if (retries !== undefined && !/^\d+$/.test(retries)) throw fail("--retries must be a number from 0 to 10.");
    const account = await readAccount(values, STATUS.not_sent);
    if (account.auth === undefined && account.baseUrl === undefined) {
      throw fail("The API wants credentials, and there are none: see --help.");
    }

    const { readBody, readFileToUpload, visitorOf } = await import("./call/input.ts");
    const who = shape.who && visitorOf(values["client-visitor-id"], values["client-app-id"]);
    const about = { fileName: values["file-name"], contentType: values["content-type"] };
    const file = shape.operand === "file" ? await readFileToUpload(operand ?? "", about) : undefined;
    const body = shape.body && (await readBody(values.body));

    const { Botsplash, isBotsplashError } = await import("botsplash");
    const client = new Botsplash({ ...account, ...(retries !== undefined && { retries: Number(retries) }) });
    const { showProgress } = await import("./call/progress.ts");
    const stop = showProgress(file?.blob.size ?? 0, process.stderr);
    const options = { signal: untilSignal() };
    try {
      const submissionKey = values["submission-key"];
      const answer = await shape.call(client, { id: operand ?? "", who, body, file, submissionKey, options });
      stop();
      print(JSON.stringify(answer, null, process.stdout.isTTY ? 2 : undefined));
      return 0;
    } catch (error) {
      stop();
      if (!isBotsplashError(error)) throw error;
      const { message, hint } = error;
      if (values.json) tell(JSON.stringify(fieldsOf(error)));
      else tell(`botsplash call: ${message}${hint === undefined || message.includes(hint) ? "" : `\n${hint}`}`);
      return STATUS[error.delivery];
    }
  },
});

function fail(message: string): Failure {
  return new Failure(message, { status: STATUS.not_sent });
}

/** Ctrl-C ends the call, and the exit status still says what is known of it; a second one ends the program. */
function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(STATUS.unknown);
      controller.abort();
    });
  }
  return controller.signal;
}
