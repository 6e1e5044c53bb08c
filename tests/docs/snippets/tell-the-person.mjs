import { isBotsplashError } from "botsplash";

/** The sentence for the person who filled in the form. */
export const sentenceFor = (error) => {
  if (!isBotsplashError(error)) return "Something went wrong on our side. Please call us.";
  switch (error.delivery) {
    case "not_sent":
      return error.code === "validation"
        ? "Please check what you entered."
        : "Your message was not sent. Please try again.";
    case "rejected":
      return "Your message was not accepted. Please check it, or call us.";
    case "accepted":
      return "Thank you. We have your message.";
    case "unknown":
      return "We may have your message already. We will look, so please do not send it again.";
  }
};
