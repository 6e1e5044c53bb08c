import { Botsplash, isBotsplashError } from "botsplash";

const client = new Botsplash({ appId: "demo", baseUrl: "https://relay.test" });

globalThis.answer = client
  .submitListener("welcome", { visitor: { phoneNumber: "3334445555" } })
  .then(() => "It was sent.")
  .catch((error) => {
    if (!isBotsplashError(error)) throw error;
    const { code, delivery, hint } = error;
    return { code, delivery, hint };
  });
