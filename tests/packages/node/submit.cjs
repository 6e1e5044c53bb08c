const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;

/** One submit that succeeds, one that is refused before it is sent. */
exports.submit = async (Botsplash, isBotsplashError) => {
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  const answer = await client.submitListener("welcome", {
    visitor: { phoneNumber: "3334445555" },
    args: { message: "Welcome!" },
  });
  const refusal = await client.submitListener("welcome", { visitor: { phone: "3334445555" } }).catch((error) => error);
  console.log(JSON.stringify({ answer, refusal, branded: isBotsplashError(refusal) }));
};
