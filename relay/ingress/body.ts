import { Refusal } from "./refusal.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads a body, and takes none that is larger than allowed, whatever its headers say of its length.
 *
 * @throws {Refusal} 413; 400 for a body that broke off.
 */
export const readBody = async (request: Request, maxBytes: number): Promise<Bytes> => {
  const { headers } = request;
  const stated = headers.get("content-length") ?? "";
  if (Number(stated) > maxBytes) throw tooLarge(maxBytes);
  // Chunks end where they say, whatever else is stated.
  if (!/^\d+$/.test(stated) || headers.has("transfer-encoding")) return readChunks(request, maxBytes);
  // HTTP ends it where it is stated to end, so it can be read in one turn.
  const bytes = new Uint8Array(await request.arrayBuffer().catch(broken));
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
};

const readChunks = async ({ body }: Request, maxBytes: number): Promise<Bytes> => {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(broken);
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
};

const broken = (): never => {
  throw new Refusal(400, "body_broken", { detail: "The body broke off." });
};

const tooLarge = (maxBytes: number) =>
  new Refusal(413, "body_too_large", { detail: `The body is larger than ${maxBytes} bytes (maxBodyBytes).` });

const joined = (chunks: Uint8Array[], size: number): Bytes => {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};
