// The wasm as it travels inside JavaScript: no second file that a bundler, a server or a
// permission could keep from it.
import deflated from "#wasm-base64";

/** @returns {Promise<BufferSource>} */
export const bytes = async () => {
  const packed = Uint8Array.from(atob(deflated), (char) => char.charCodeAt(0));
  if (typeof DecompressionStream === "function") {
    // Not Blob.stream(), which jsdom lacks; not "deflate-raw", which Node 20.11 lacks.
    const stream = /** @type {ReadableStream} */ (new Response(packed).body);
    return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
  }
  return process.getBuiltinModule("node:zlib").inflateSync(packed);
};
