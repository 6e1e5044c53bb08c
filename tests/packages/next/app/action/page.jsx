"use client";
import { useActionState } from "react";
import { submitLead } from "./submit-lead.js";

const sentences = {
  not_sent: "Please check what you entered.",
  rejected: "Your message was not accepted. Please call us.",
  accepted: "Thank you. We have your message.",
  unknown: "We may have your message already. Please do not send it again.",
};

export default function Page() {
  const [answer, action, isPending] = useActionState(submitLead, null);
  return (
    <form action={action}>
      <input name="firstName" autoComplete="given-name" />
      <input name="phoneNumber" type="tel" autoComplete="tel" required defaultValue="3334445555" />
      <button disabled={isPending}>Send</button>
      {answer && <p role="status">{answer.success ? "Thank you." : sentences[answer.delivery]}</p>}
      <output>{answer && JSON.stringify(answer)}</output>
    </form>
  );
}
