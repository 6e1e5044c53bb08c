import type { PreparedCall } from "../contract/prepared-call.ts";
import { literal } from "./javascript.ts";
import { type Place, START_SANDBOX } from "./place.ts";
import { requestLine } from "./url.ts";

/** The call's one request with Node's own fetch, without the client's checks and retries: a module that runs as it is. */
export const node = (call: PreparedCall, place: Place): string => {
  const { method, url } = requestLine(call, place);
  const { operation, body, file } = call;
  const hasAuth = place.target === "api";
  const fileName = JSON.stringify(file?.name ?? "photo.png");
  const lines = [
    ...(place.target === "sandbox" ? [`// First: ${START_SANDBOX}`] : []),
    ...(operation.file ? ['import { openAsBlob } from "node:fs";', ""] : []),
    ...(hasAuth ? ["const { BOTSPLASH_USERNAME: username, BOTSPLASH_PASSWORD: password } = process.env;"] : []),
    ...(operation.file
      ? [
          "const body = new FormData();",
          `body.append("file", await openAsBlob(${fileName}, { type: ${JSON.stringify(file?.type || "image/png")} }), ${fileName});`,
        ]
      : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    "  headers: {",
    '    Accept: "application/json",',
    // btoa takes what is Latin-1 alone; a password may be more.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample's own template.
    ...(hasAuth ? ['    Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,'] : []),
    ...(operation.body ? ['    "Content-Type": "application/json",'] : []),
    "  },",
    ...(operation.body ? [`  body: JSON.stringify(${literal(body, "  ")}),`] : []),
    ...(operation.file ? ["  body,"] : []),
    '  redirect: "manual",',
    "  signal: AbortSignal.timeout(30_000),",
    "});",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample's own template.
    "if (!response.ok) throw new Error(`the server answered ${response.status}`);",
    "console.log(await response.json());",
  ];
  return `${lines.join("\n")}\n`;
};
