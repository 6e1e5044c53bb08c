export * from "./index.js";

/**
 * Hands over the WebAssembly of `botsplash/botsplash.wasm`; before the first call.
 *
 * A compiled module, its bytes, a `fetch` of it, or a function that gives one of these when
 * it is needed.
 */
export declare function provideWasm(source: WasmSource | (() => WasmSource)): void;

export type WasmSource = Wasm | PromiseLike<Wasm>;

// To TypeScript a module is an empty interface, which an address would fit as well.
type Wasm = (WebAssembly.Module & object) | BufferSource | Response;
