import { submit } from "./submit-in-page.js";

/** Has the service worker submit. */
const submitBehind = async () => {
  const baseUrl = new URLSearchParams(location.search).get("baseUrl") ?? "";
  // An extension's own is registered by its manifest.
  if (!globalThis.chrome?.runtime?.id)
    await navigator.serviceWorker.register("submit-in-background.js", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => port1.addEventListener("message", ({ data }) => resolve(data)));
  port1.start();
  active.postMessage(baseUrl, [port2]);
  return answer;
};

document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await (location.hash === "#background" ? submitBehind() : submit());
  document.querySelector("output").textContent = JSON.stringify(answer);
});
