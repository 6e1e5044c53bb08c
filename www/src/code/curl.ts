import type { PreparedCall } from "../contract/prepared-call.ts";
import { type Place, START_SANDBOX } from "./place.ts";
import { requestLine } from "./url.ts";

/** A text as one word of a shell's. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The call's one request, without the client's checks and retries. */
export const curl = (call: PreparedCall, place: Place): string => {
  const { method, url } = requestLine(call, place);
  const { operation, body, file } = call;
  const options = [
    `--request ${method} ${quoted(url)}`,
    ...(place.target === "api" ? ['--user "$BOTSPLASH_USERNAME:$BOTSPLASH_PASSWORD"'] : []),
    `--header ${quoted("Accept: application/json")}`,
    ...(operation.file
      ? [`--form ${quoted(`file=@${file?.name ?? "photo.png"};type=${file?.type || "image/png"}`)}`]
      : []),
    ...(operation.body
      ? [`--header ${quoted("Content-Type: application/json")}`, `--data-raw ${quoted(JSON.stringify(body, null, 2))}`]
      : []),
  ];
  const comment = place.target === "sandbox" ? `# First: ${START_SANDBOX}\n` : "";
  return `${comment}curl ${options.join(" \\\n  ")}\n`;
};
