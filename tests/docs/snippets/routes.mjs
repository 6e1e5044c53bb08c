import { Botsplash } from "botsplash";

export const client = new Botsplash({
  appId: "acme",
  routes: { sendMessage: "POST /{appId}/messages" },
});
