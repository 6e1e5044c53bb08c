import { Botsplash } from "botsplash";

export const submit = async () => {
  const baseUrl = new URLSearchParams(location.search).get("baseUrl") ?? "";
  const client = new Botsplash({ appId: "demo", baseUrl });
  const submission = { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } };
  try {
    return await client.submitListener("welcome", submission);
  } catch ({ code, delivery, hint }) {
    return { code, delivery, hint };
  }
};
