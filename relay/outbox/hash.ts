// One word for a key, or for what a lead says.
import type { Runtime } from "../runtime.ts";

/** SHA-256, in base64. */
export const hash = async (text: string, { digest }: Pick<Runtime, "digest">): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await digest(text))));

/**
 * JSON that is the same for what says the same. The order of fields and white space around a text do not count, nor does
 * the way an accent is written. Line ends do not either, since a browser and a script write them differently.
 */
export const canonical = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value.normalize().replaceAll("\r\n", "\n").trim());
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
};
