import fastify from "fastify";
import { takeLead } from "./take-lead.js";

const app = fastify();

app.post("/lead", async (request, reply) => {
  const { status, answer } = await takeLead(request.body);
  return reply.code(status).send(answer);
});

console.log(await app.listen({ host: "127.0.0.1", port: 0 }));
