// The figures on the page, each from where it was measured.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

export interface Fact {
  figure: string;
  what: string;
}

/** A count of bytes as people read it; 1 KB is 1000 bytes. */
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

/** The first column of the table of environments, made by the tests that ran in them. */
export const environments = (): string[] => {
  const [, table = ""] = /<!-- environments: [^>]*-->\n(.*?)<!-- end/s.exec(read("docs/environments.md")) ?? [];
  const names = table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|")[1]?.trim() ?? "");
  return names.filter(Boolean);
};

export const facts = (): Fact[] => {
  const sizes = JSON.parse(read(".cache/sizes.json")) as Record<"app" | "wasm", { brotli: number }>;
  const { dependencies = {}, license } = JSON.parse(read("pkg/package.json")) as {
    dependencies?: object;
    license: string;
  };
  const operations = JSON.parse(read("openapi.json")) as { paths: Record<string, object> };
  const count = Object.values(operations.paths).flatMap(Object.keys).length;
  return [
    {
      figure: kilobytes(sizes.app.brotli),
      what: `in your app, brotli: ${count} operations, validation, retries, typed errors, the wasm inside`,
    },
    {
      figure: String(environments().length),
      what: "environments in which the packed package has been proved",
    },
    {
      figure: String(Object.keys(dependencies).length),
      what: "dependencies to install, and no service of ours in between",
    },
    { figure: "Free", what: `to use, change and ship: ${license}. Botsplash's own charges are between you and them` },
  ];
};

/** The README's first sample. */
export const firstSample = (): string => {
  const [, sample] = /## Quick start.*?```js\n(.*?)```/s.exec(read("README.md")) ?? [];
  if (sample === undefined) throw new Error("The README has no first sample any more");
  return sample.trimEnd();
};
