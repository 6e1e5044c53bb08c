"use server";
import { Botsplash, isBotsplashError } from "botsplash";

export const submitLead = async (_previous, form) => {
  const { API_URL: baseUrl = "", API_USERNAME: username, API_PASSWORD: password } = process.env;
  const client = new Botsplash({ appId: "demo", baseUrl, auth: { username, password } });
  // Anybody can post anything to an action: take the fields that you ask for, and text your own words.
  const visitor = { firstName: form.get("firstName") || undefined, phoneNumber: form.get("phoneNumber") };
  try {
    const { success, requestId } = await client.submitListener("welcome", { visitor, args: { message: "Welcome!" } });
    return { success, requestId };
  } catch (error) {
    if (!isBotsplashError(error)) throw error;
    console.error(error);
    // Returned, since Next.js hides from the page what an action throws. The page needs no more of it than this.
    return { success: false, code: error.code, delivery: error.delivery };
  }
};
