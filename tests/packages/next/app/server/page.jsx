import { submit } from "../../submit.js";

// When it is asked for, not when it is built.
export const dynamic = "force-dynamic";

export default async function Page() {
  return <output>{JSON.stringify(await submit())}</output>;
}
