// The wasm as it travels inside JavaScript: no second file that a bundler, a server or a
// permission could keep from it.
import deflated from "#wasm-base64";

/** @returns {Promise<BufferSource>} */
export const bytes = async () => {
  const packed = decoded();
  // At once where there is zlib: streams take Node twenty times as long.
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  if (zlib) return zlib.inflateSync(packed);
  // Not Blob.stream(), which jsdom lacks; not "deflate-raw", which Node 20.11 lacks.
  const stream = /** @type {ReadableStream} */ (new Response(packed).body);
  return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
};

const decoded = () => {
  /** @type {any} Newer than the types. */
  const { fromBase64 } = Uint8Array;
  if (fromBase64) return fromBase64.call(Uint8Array, deflated);
  const text = atob(deflated);
  const packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) packed[at] = text.charCodeAt(at);
  return packed;
};
