import { Botsplash, isBotsplashError } from "botsplash";

const baseUrl = new URLSearchParams(location.search).get("baseUrl") ?? "";
const client = new Botsplash({ appId: "demo", baseUrl });

const outcome = await client
  .submitListener("welcome", { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } })
  .then(
    (answer) => ({ answer }),
    (error) => ({ branded: isBotsplashError(error), code: error.code, delivery: error.delivery, hint: error.hint }),
  );
document.querySelector("output").textContent = JSON.stringify(outcome);
