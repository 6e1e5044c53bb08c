import { Botsplash, isBotsplashError } from "botsplash";

export default {
  async fetch(request, { baseUrl = "", username, password }) {
    const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
    const visitor = new URL(request.url).pathname === "/typo" ? { phone: "3334445555" } : { phoneNumber: "3334445555" };
    try {
      return Response.json(await client.submitListener("welcome", { visitor, args: { message: "Welcome!" } }));
    } catch (error) {
      return Response.json({ branded: isBotsplashError(error), message: error.message, ...error }, { status: 500 });
    }
  },
};
