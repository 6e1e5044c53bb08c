import { Botsplash } from "botsplash";

export const client = new Botsplash({
  appId: "acme",
  // By operation: the paths of the fields that may pass.
  extraFields: { sendMessage: ["visitor.nickname"] },
});
