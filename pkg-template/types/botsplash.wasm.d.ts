/** Workers and bundlers give a compiled module for it. */
declare const wasm: WebAssembly.Module;
export default wasm;
