/** What Workers and bundlers give for it: a module, compiled. */
declare const wasm: WebAssembly.Module;
export default wasm;
