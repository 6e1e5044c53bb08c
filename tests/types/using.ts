// Clients that go with their scope, as TypeScript has it from 5.2.
import { Botsplash } from "botsplash";

export async function scopes(): Promise<void> {
  using scoped = new Botsplash({ appId: "acme", baseUrl: "/relay" });
  await using alsoScoped = new Botsplash({ appId: "acme", baseUrl: "/relay" });
  await Promise.all([scoped.ready(), alsoScoped.ready()]);
}
