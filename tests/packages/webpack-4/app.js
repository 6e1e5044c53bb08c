// As the other apps, in the syntax that webpack 4 reads.
import { Botsplash } from "botsplash";

const { baseUrl = "" } = Object.fromEntries(new URLSearchParams(location.search));
const client = new Botsplash({ appId: "demo", baseUrl });

client
  .submitListener("welcome", { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } })
  .catch((error) => ({ error: `${error.code}: ${error.message}` }))
  .then((answer) => {
    document.querySelector("output").textContent = JSON.stringify(answer);
  });
