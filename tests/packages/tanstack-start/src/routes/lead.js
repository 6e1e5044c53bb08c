import { createFileRoute } from "@tanstack/react-router";
import { submit } from "../../submit-on-server.js";

export const Route = createFileRoute("/lead")({
  server: { handlers: { POST: async () => Response.json(await submit()) } },
});
