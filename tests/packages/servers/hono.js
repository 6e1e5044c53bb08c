import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { takeLead } from "./take-lead.js";

const app = new Hono();

app.post("/lead", async (context) => {
  const { status, answer } = await takeLead(await context.req.json());
  return context.json(answer, status);
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
