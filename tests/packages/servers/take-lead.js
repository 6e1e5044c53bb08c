import { Botsplash, isBotsplashError } from "botsplash";

const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });

/** Takes what somebody posted, and only the fields that you ask for. */
export const takeLead = async ({ firstName, phoneNumber } = {}) => {
  try {
    const submission = { visitor: { firstName, phoneNumber }, args: { message: "Welcome!" } };
    const { success, requestId } = await client.submitListener("welcome", submission);
    return { status: 200, answer: { success, requestId } };
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    console.error(error);
    // A status of your own: the API's 401, say, speaks of your credentials and not of your visitor's.
    return { status: error.code === "validation" ? 422 : 502, answer: { success: false, delivery: error.delivery } };
  }
};
