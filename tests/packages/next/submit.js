import { Botsplash } from "botsplash";

export const submit = async () => {
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const submission = { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } };
  return { ...(await client.submitListener("welcome", submission)), runtime: globalThis.EdgeRuntime };
};
