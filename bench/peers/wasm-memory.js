/** @returns {() => number} the bytes of all wasm memories that come into being from now on */
export const watchMemory = () => {
  /** @type {WebAssembly.Memory[]} */
  const memories = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate(...args);
    const { exports } = made.instance ?? made;
    // Node's own HTTP parser is nobody's.
    if (!("llhttp_init" in exports))
      memories.push(...Object.values(exports).filter((one) => one instanceof WebAssembly.Memory));
    return made;
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
};
