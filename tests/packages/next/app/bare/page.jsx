"use client";
// The client component without the client, to tell what Next.js and React weigh by themselves.
import { useActionState } from "react";

export default function Page() {
  const [answer, action] = useActionState(() => "nothing");
  return (
    <form action={action}>
      <button>Submit</button>
      <output>{answer}</output>
    </form>
  );
}
