import { Refusal } from "./refusal.js";

/**
 * Reads a body, and no more of it than allowed, whatever its headers say of its length.
 * @param {Request} request
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {Refusal} 413; 400 for a body that broke off
 */
export const readBody = async (request, maxBytes) => {
  const tooLarge = () => new Refusal(413, "body_too_large", `The body is larger than ${maxBytes} bytes.`);
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();

  const reader = request.body.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refusal(400, "body_broken", "The body broke off.");
    });
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(value);
  }
};

/** @param {Uint8Array[]} chunks @param {number} size */
const joined = (chunks, size) => {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};
