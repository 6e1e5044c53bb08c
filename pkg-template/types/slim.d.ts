export * from "./index.js";

/**
 * Hands over the WebAssembly of `botsplash/botsplash.wasm`; before the first call.
 *
 * A compiled module, its bytes, a `fetch` of it, or a function that gives one of these when
 * it is needed.
 */
export declare function provideWasm(source: WasmSource | (() => WasmSource)): void;

export type WasmSource = Wasm | PromiseLike<Wasm>;

type Wasm = WasmModule | ArrayBuffer | ArrayBufferView | Response;

/** A `WebAssembly.Module`, which to TypeScript is an object without properties, and unknown without the DOM's types. */
export type WasmModule = object;
