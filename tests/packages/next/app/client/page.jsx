"use client";
import { Botsplash } from "botsplash";
import { useActionState } from "react";

const submit = () => {
  const baseUrl = new URLSearchParams(location.search).get("baseUrl") ?? "";
  const client = new Botsplash({ appId: "demo", baseUrl });
  return client.submitListener("welcome", { visitor: { phoneNumber: "3334445555" }, args: { message: "Welcome!" } });
};

// In an action, never in an effect: React runs those twice in development.
export default function Page() {
  const [answer, action] = useActionState(submit);
  return (
    <form action={action}>
      <button>Submit</button>
      <output>{JSON.stringify(answer)}</output>
    </form>
  );
}
