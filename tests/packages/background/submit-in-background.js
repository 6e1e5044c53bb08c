// A service worker, of a site or of an extension: it submits when it is told to.
import { Botsplash } from "botsplash";

const submit = async (baseUrl = "") => {
  const client = new Botsplash({ appId: "demo", baseUrl });
  const submission = { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } };
  try {
    return await client.submitListener("welcome", submission);
  } catch ({ code, delivery, hint }) {
    return { code, delivery, hint };
  }
};

self.addEventListener("message", (event) => {
  event.waitUntil(submit(event.data).then((answer) => event.ports[0].postMessage(answer)));
});
