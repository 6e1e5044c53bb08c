// `botsplash doctor`: asks a real account what is right and wrong, and texts nobody.
import { accountHelp, accountOptions, readAccount, secretOptions } from "./account.ts";
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { type Paint, paintFor, print } from "./terminal.ts";

const help = `Usage: botsplash doctor [options]

Asks the API what is right and wrong with this account on this machine: the name, TLS, whether it is
the API, credentials, address, the route of listMeetings, the clock. It only reads: nobody is
texted.

  --visitor <id>        a visitor that exists, by the caller's own id
  --id-type <type>      which id that is: clientVisitorId (default) or clientAppId
  --json                prints the findings as JSON, for support: secrets are never in it
${accountHelp}
  --help                shows this

Ends with 0 where nothing is wrong, 1 where something is, 2 where the arguments are.

Example:
  npx botsplash doctor --app-id acme --visitor 12345
`;

export const command = defineCommand({
  help,
  options: {
    ...accountOptions,
    visitor: { type: "string" },
    "id-type": { type: "string" },
    json: { type: "boolean" },
  },
  refused: Object.fromEntries(
    secretOptions.map((name) => [name, "Credentials never go into arguments, which others can see: see --help."]),
  ),
  async run({ values }) {
    const account = await readAccount(values, 2);
    const idType = values["id-type"] ?? "clientVisitorId";
    if (idType !== "clientVisitorId" && idType !== "clientAppId") {
      throw new Failure("--id-type must be clientVisitorId or clientAppId.");
    }
    const visitor = values.visitor === undefined ? undefined : ({ idType, id: values.visitor } as const);
    const { examine } = await import("./doctor/examine.ts");
    const { realWorld } = await import("./doctor/world.ts");
    const findings = await examine(account, visitor, realWorld);
    if (values.json) {
      const { version } = await import("./version.ts");
      print(JSON.stringify({ version, node: process.version, platform: process.platform, findings }, null, 2));
    } else {
      const paint = paintFor(process.stdout);
      for (const { check, verdict, sentence } of findings) {
        print(`${mark(verdict, paint)} ${check.padEnd(12)} ${sentence}`);
      }
    }
    return findings.some(({ verdict }) => verdict === "wrong") ? 1 : 0;
  },
});

function mark(verdict: "right" | "wrong" | "unknown" | "skipped", { green, red, yellow, dim }: Paint): string {
  return { right: green("right  "), wrong: red("wrong  "), unknown: yellow("unknown"), skipped: dim("skipped") }[
    verdict
  ];
}
