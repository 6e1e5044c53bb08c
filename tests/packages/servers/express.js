import express from "express";
import { takeLead } from "./take-lead.js";

const app = express().use(express.json());

app.post("/lead", async (request, response) => {
  const { status, answer } = await takeLead(request.body);
  response.status(status).json(answer);
});

const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
