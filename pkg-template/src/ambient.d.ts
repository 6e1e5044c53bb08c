// What the build puts in place of these names (scripts/build/bundle.js).
declare module "#glue" {
  export const imports: WebAssembly.Imports;
  export const start: (exports: WebAssembly.Exports) => void;
  // biome-ignore lint/suspicious/noExplicitAny: its methods are declared where they are wrapped.
  export const RawClient: new (options: unknown) => any;
}
declare module "#error" {
  export class BotsplashError extends Error {
    constructor(message: string, fields: object, hidden: { cause?: unknown; body?: unknown });
  }
  export const isBotsplashError: (value: unknown) => boolean;
}
declare module "#wasm-base64" {
  const base64: string;
  export default base64;
}
declare module "*?module" {
  const wasm: WebAssembly.Module;
  export default wasm;
}
