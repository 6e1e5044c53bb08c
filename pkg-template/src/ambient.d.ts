// Names that the build replaces: see scripts/build/bundle.js.

/** wasm-bindgen's JavaScript: the functions of src/js.rs, and how to start the wasm they are in. */
declare module "#glue" {
  export const imports: WebAssembly.Imports;
  export const start: (exports: WebAssembly.Exports) => void;

  export const give: (which: number, text: string) => void;
  export const configure: (
    timeoutMs: number,
    retries: number,
    isKeyInBody: boolean,
    isBrowser: boolean,
    allowsBrowserCredentials: boolean,
  ) => number;
  export const release: (client: number) => void;
  export const begin: (client: number, operation: number, timeoutMs: number, retries: number) => number;
  export const request: (call: number) => void;
  export const receive: (
    call: number,
    end: number,
    status: number,
    ms: number,
    askedMs: number,
    jitter: number,
  ) => number;
  export const resume: (call: number, overrunMs: number) => number;
  export const abandon: (call: number) => void;
  export const delivery: (end: number, status: number) => number;
}

/** The crate's tables: see src/js/tables.rs. */
declare module "#tables" {
  type Form = import("./check.ts").Form;

  interface Operation {
    name: string;
    /** The arguments before the body. */
    args: string[];
    takesSubmissionKey: 0 | 1;
    /** None, a file, or JSON of this form. */
    body: 0 | 1 | Form[];
  }
  export const operations: Operation[];
  export const visitorIds: string[];
  export const codes: string[];
  export const deliveries: string[];
  export const methods: string[];
  export const sentences: string[];
}

/** The wasm as a text: see scripts/build/wasm-text.js. */
declare module "#wasm-text" {
  const text: string;
  export default text;
}

declare module "*?module" {
  const wasm: WebAssembly.Module;
  export default wasm;
}
