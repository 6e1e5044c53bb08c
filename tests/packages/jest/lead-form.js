// A component that imports the package: its tests render it, and most of them never send a lead.
const { Botsplash, isBotsplashError } = require("botsplash");

const client = new Botsplash({ appId: "demo", baseUrl: process.env.API_URL ?? "" });

exports.renderLeadForm = (container) => {
  container.innerHTML = "<form><input name=phoneNumber><button>Send</button><output></output></form>";
  const [form, output] = [container.querySelector("form"), container.querySelector("output")];
  const submit = async () => {
    try {
      const { visitor } = await client.readSubmission(new FormData(form));
      const { success } = await client.submitListener("welcome", { visitor, args: { message: "Welcome!" } });
      output.textContent = success ? "Thank you." : "Please call us.";
    } catch (error) {
      if (!isBotsplashError(error)) throw error;
      output.textContent = `${error.code}, ${error.delivery}: ${error.hint}`;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    exports.sent = submit();
  });
};
