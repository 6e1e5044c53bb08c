import { argumentsOf, type PreparedCall } from "../contract/prepared-call.ts";
import type { Place } from "./place.ts";

const LINE = 76;

/** A value as one would write it. */
export const literal = (value: unknown, indent = ""): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, item]) => `${key(name)}: ${literal(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  const pad = Array.isArray(value) ? "" : " ";
  const line = `${open}${pad}${parts.join(", ")}${pad}${close}`;
  if (!line.includes("\n") && indent.length + line.length <= LINE - 16) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
};

const key = (name: string) =>
  /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;

/** The call with the npm package: a module that runs as it is. */
export const javascript = (call: PreparedCall, place: Place): string => {
  const { operation, file } = call;
  const inPage = place.target === "sandbox";
  const imports = [
    ...(operation.file ? ['import { openAsBlob } from "node:fs";'] : []),
    'import { Botsplash } from "botsplash";',
    ...(inPage ? ['import { createSandbox } from "botsplash/sandbox";'] : []),
  ];
  const options = [
    `appId: ${JSON.stringify(place.appId)},`,
    ...(place.target === "relay" ? [`baseUrl: ${JSON.stringify(place.relayUrl)},`] : []),
    ...(place.target === "api"
      ? ["auth: { username: process.env.BOTSPLASH_USERNAME, password: process.env.BOTSPLASH_PASSWORD },"]
      : []),
    ...(inPage ? ["fetch: createSandbox({ credentials: false }).fetch,"] : []),
    ...(place.route ? [`routes: { ${operation.name}: ${JSON.stringify(place.route)} },`] : []),
  ];
  const name = file?.name ?? "photo.png";
  const type = file?.type || "image/png";
  const args = operation.file
    ? [
        `await openAsBlob(${JSON.stringify(name)}, { type: ${JSON.stringify(type)} })`,
        `{ fileName: ${JSON.stringify(name)} }`,
      ]
    : argumentsOf(call).map((argument) => literal(argument));
  return `${imports.join("\n")}

const client = new Botsplash({
${options.map((option) => `  ${option}\n`).join("")}});

const answer = await client.${operation.name}(${joined(args)});
console.log(answer);
`;
};

const joined = (args: string[]) => {
  const line = args.join(", ");
  // An argument over several lines opens on the call's own line.
  if (line.length <= LINE || line.includes("\n")) return line;
  return `\n${args.map((argument) => `  ${argument},\n`).join("")}`;
};
