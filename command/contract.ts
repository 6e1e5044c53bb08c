// `botsplash contract`: holds the API's own description against what the client assumes.
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { paintFor, print, tell } from "./terminal.ts";

const help = `Usage: botsplash contract <file or URL> [options]

Reads an OpenAPI description of the Botsplash Open API, finds the client's operations in it, and
says which routes and fields differ from the client's. Takes JSON, YAML, or the saved page of Redoc,
from a file, an address, or - for standard input. The API's own page offers it for download.

  --json          prints everything as JSON
  --write <file>  writes the option \`routes\` there, as JSON
  --help          shows this

Ends with 0 where all is the same, 1 where something differs, 2 where it cannot be read.

Example:
  npx botsplash contract openapi.yaml --write routes.json
`;

export const command = defineCommand({
  help,
  options: {
    json: { type: "boolean" },
    write: { type: "string" },
  },
  operands: ["file or URL"],
  async run({ values, operands: [source = ""] }) {
    const { readReport } = await import("./contract/source.ts");
    const report = await readReport(source);
    if (values.write !== undefined) await write(values.write, report.routes);
    if (values.json) print(JSON.stringify(report, null, 2));
    else {
      const { reportInWords } = await import("./contract/text.ts");
      print(reportInWords(report, paintFor(process.stdout)));
    }
    return report.same ? 0 : 1;
  },
});

async function write(file: string, routes: object): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(file, `${JSON.stringify(routes, null, 2)}\n`).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`The routes cannot be written to that file (${error.code}).`);
  });
  tell(`Wrote the routes of ${Object.keys(routes).length} operations.`);
}
