// Fetches the text of a description: from a file, from standard input, or from an address.
import { Failure } from "../failure.ts";
import { Elsewhere } from "./html.ts";
import { MAX_BYTES } from "./parse.ts";
import { type Report, reportOn } from "./report.ts";
import { Unreadable } from "./unreadable.ts";

const TIMEOUT_MS = 30_000;

/**
 * @param source A file, an address that begins with `http:` or `https:`, or `-` for standard input.
 * @throws {Failure} One sentence, where it cannot be read.
 */
export async function readReport(source: string): Promise<Report> {
  try {
    if (!isAddress(source)) return await reportOn(await readFile(source));
    const { text, address } = await download(source);
    return await reportOn(text, address).catch(async (error) => {
      if (!(error instanceof Elsewhere)) throw error;
      const other = await download(new URL(error.location, address).href);
      return reportOn(other.text, other.address);
    });
  } catch (error) {
    if (error instanceof Unreadable) throw new Failure(error.message);
    throw error;
  }
}

/** `C:\api.yaml` is a file. */
function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

const TOO_LARGE = `The document is larger than the ${MAX_BYTES / 1024 / 1024} MB that are read.`;

async function readFile(path: string): Promise<string> {
  const { createReadStream } = await import("node:fs");
  const stream = path === "-" ? process.stdin : createReadStream(path);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new Unreadable(TOO_LARGE);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const sentences: Record<string, string> = {
      ENOENT: "There is no such file.",
      EISDIR: "That is a folder: expected a file.",
      EACCES: "The file cannot be read: its permissions forbid it.",
    };
    throw new Unreadable(sentences[code ?? ""] ?? `The file cannot be read (${code}).`);
  }
  return textOf(Buffer.concat(chunks));
}

interface Download {
  readonly text: string;
  /** After redirects. */
  readonly address: string;
}

async function download(address: string): Promise<Download> {
  const url = parseAddress(address);
  const response = await fetch(url, {
    headers: { accept: "application/json, application/yaml, text/yaml, text/html;q=0.9, */*;q=0.8" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error) => {
    throw new Unreadable(
      error.name === "TimeoutError"
        ? `The address did not answer within ${TIMEOUT_MS / 1000} seconds.`
        : `The address cannot be reached${codeOf(error)}.`,
    );
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Unreadable(
      `The address answered with the status ${response.status}: save the document and give the file.`,
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new Unreadable(TOO_LARGE);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(`The answer broke off${codeOf(error)}.`);
  }
  return { text: textOf(Buffer.concat(chunks)), address: response.url };
}

function parseAddress(address: string): URL {
  if (!URL.canParse(address)) throw new Unreadable("That is not a URL.");
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") {
    throw new Unreadable("The URL holds credentials: save the document and give the file.");
  }
  return url;
}

function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? ` (${cause.code})` : "";
}

/** UTF-8, or UTF-16 where the text says so: some editors of Windows write that. */
function textOf(bytes: Buffer): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  return new TextDecoder(utf16 ?? "utf-8").decode(bytes);
}
