import url from "botsplash/botsplash.wasm?url";
import { provideWasm } from "botsplash/slim";

provideWasm(() => fetch(url, { integrity: WASM_INTEGRITY }));

export * from "botsplash/slim";
