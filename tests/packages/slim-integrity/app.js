import { Botsplash } from "./botsplash.js";

const baseUrl = new URLSearchParams(location.search).get("baseUrl") ?? "";
const client = new Botsplash({ appId: "demo", baseUrl });

client
  .submitListener("welcome", { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } })
  .catch(({ code, delivery, message, hint }) => ({ code, delivery, message, hint }))
  .then((answer) => {
    document.querySelector("output").textContent = JSON.stringify(answer);
  });
