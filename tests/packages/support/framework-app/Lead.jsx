import { useEffect, useState } from "react";
import { submit } from "./submit-in-page.js";

// The button waits for React. An effect is no place for a call: React runs those twice in development.
export const Lead = () => {
  const [answer, setAnswer] = useState();
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const send = async (event) => {
    event.preventDefault();
    setAnswer(await submit());
  };
  return (
    <form onSubmit={send}>
      <button disabled={!ready}>Submit</button>
      <output>{JSON.stringify(answer)}</output>
    </form>
  );
};
