import { Botsplash } from "botsplash";

onmessage = async ({ data }) => {
  const client = new Botsplash({ appId: "demo", baseUrl: data ?? "" });
  const submission = { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } };
  postMessage(await client.submitListener("welcome", submission).catch((error) => ({ error: error.message })));
};
