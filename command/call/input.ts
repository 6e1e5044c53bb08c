// Reads what a call sends: JSON from standard input or a file, a file to upload, the visitor that is meant.
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { VisitorRef } from "botsplash";
import { Failure } from "../failure.ts";
import { STATUS } from "./status.ts";

function fail(message: string): never {
  throw new Failure(message, { status: STATUS.not_sent });
}

/** @param file Standard input unless given, or `-`. */
export async function readBody(file: string | undefined): Promise<unknown> {
  const fromInput = file === undefined || file === "-";
  if (fromInput && process.stdin.isTTY) fail("The body is missing: expected JSON on standard input, or --body <file>.");
  const text = (fromInput ? await readInput() : await readNamed(file)).toString("utf8").replace(/^\uFEFF/, "");
  const where = fromInput ? "Standard input" : "The file of --body";
  if (text.trim() === "") fail(`${where} is empty: expected the body as JSON.`);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text.
    return fail(`${where} is not valid JSON.`);
  }
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readNamed(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) =>
    fail(`The file of --body cannot be read (${error.code}).`),
  );
}

export interface FileToUpload {
  readonly blob: Blob;
  readonly fileName?: string;
  readonly contentType?: string;
}

/** @param file A file's name, or `-` for standard input. */
export async function readFileToUpload(
  file: string,
  { fileName, contentType }: { readonly fileName: string | undefined; readonly contentType: string | undefined },
): Promise<FileToUpload> {
  if (file === "-" && process.stdin.isTTY) fail("The file is missing: expected it on standard input.");
  // A file stays on the disk until it is sent.
  const blob = file === "-" ? new Blob([new Uint8Array(await readInput())]) : await opened(file);
  const name = fileName ?? (file === "-" ? undefined : basename(file));
  const type = contentType ?? typeOf(name);
  return { blob, ...(name !== undefined && { fileName: name }), ...(type !== undefined && { contentType: type }) };
}

async function opened(file: string): Promise<Blob> {
  // A file that is not there is only found out when it is read.
  const { stat } = await import("node:fs/promises");
  const found = await stat(file).catch((error: NodeJS.ErrnoException) =>
    fail(`The file cannot be read (${error.code}).`),
  );
  if (!found.isFile()) fail("That is not a file that can be uploaded.");
  return openAsBlob(file);
}

/** The formats that carriers take, and some that they may. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  vcf: "text/vcard",
};

function typeOf(name: string | undefined): string | undefined {
  return TYPES[name?.split(".").at(-1)?.toLowerCase() ?? ""];
}

/** @throws {Failure} Unless exactly one of the two is given. */
export function visitorOf(clientVisitorId: string | undefined, clientAppId: string | undefined): VisitorRef {
  if (clientVisitorId !== undefined && clientAppId === undefined) return { clientVisitorId };
  if (clientAppId !== undefined && clientVisitorId === undefined) return { clientAppId };
  return fail("The visitor is missing: give one of --client-visitor-id and --client-app-id.");
}
