import url from "botsplash/botsplash.wasm?url";
import { provideWasm } from "botsplash/slim";

provideWasm(() => fetch(url));

export * from "botsplash/slim";
