import { Botsplash, isBotsplashError } from "botsplash";

export default {
  async fetch(request, { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password }) {
    const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
    try {
      const answer = await client.submitListener("welcome", {
        visitor: { phoneNumber: "3334445555" },
        args: { message: "Welcome!" },
      });
      return Response.json(answer);
    } catch (error) {
      if (!isBotsplashError(error)) throw error;
      return Response.json({ code: error.code, delivery: error.delivery }, { status: 502 });
    }
  },
};
