// The routes of a real description, for the sandbox to speak.
import type { SandboxOptions } from "../../sandbox/index.ts";
import { readReport } from "../contract/source.ts";

type Spoken = Pick<SandboxOptions, "routes" | "extraFields" | "basePath">;

/** @param warn Is told which operations stay at their own routes, since theirs cannot be told. */
export async function routesOf(file: string, warn: (line: string) => void): Promise<Spoken> {
  const { operations, routes, extraFields, baseUrl } = await readReport(file);
  for (const { name, verdict, ours } of operations) {
    if (routes[name] === undefined) {
      warn(`${name} is ${verdict} in this description: the sandbox has it at ${ours}. See botsplash contract.`);
    }
  }
  return { routes, extraFields, ...(baseUrl !== undefined && { basePath: new URL(baseUrl).pathname }) };
}
