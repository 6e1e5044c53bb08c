import type { ListenerSubmit, WasmSource } from "botsplash/slim";
import { Botsplash, isBotsplashError, provideWasm } from "botsplash/slim";

const sources: WasmSource[] = [
  new Uint8Array([0, 97, 115, 109]),
  new Response(),
  fetch("/botsplash.wasm", { integrity: "sha384-..." }),
];
for (const source of sources) provideWasm(source);
provideWasm(() => fetch("/botsplash.wasm"));
provideWasm(async () => new Response().arrayBuffer());

const client = new Botsplash({ appId: "acme", baseUrl: "/relay" });
const submission: ListenerSubmit = { visitor: { phoneNumber: "3334445555" } };
export const submitted: Promise<boolean | null | undefined> = client
  .submitListener("welcome", submission)
  .then(({ success }) => success);
export const code = (reason: unknown) => (isBotsplashError(reason) ? reason.code : undefined);

// @ts-expect-error An address is not the file.
provideWasm("/botsplash.wasm");
// @ts-expect-error It is given, or it is not.
provideWasm();
// @ts-expect-error It is as strict as the whole client.
client.submitListener("welcome", { visitor: { phonNumber: "3334445555" } });
