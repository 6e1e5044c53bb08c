// What the page knows of the sandbox beside the API: a real account has nothing like it.
import type { Fault, Text } from "botsplash/sandbox";

const control = async (method: "GET" | "POST", name: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`/_sandbox/${name}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${name}`);
  return response.json();
};

export const texts = () => control("GET", "texts") as Promise<Text[]>;
export const fault = (fault: Fault) => control("POST", "fault", fault);
export const reset = () => control("POST", "reset");
