// Servers that hand every error to their framework, which answers with what it finds on it.
import { Botsplash } from "botsplash";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";

const { API_URL: baseUrl = "" } = process.env;
const client = new Botsplash({ appId: "demo", baseUrl, auth: { username: "wrong", password: "wrong" } });
const submit = () => client.submitListener("welcome", { visitor: { phoneNumber: "3334445555" } });
const statuses = {};

const app = express();
app.post("/lead", submit);
const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
statuses.express = (await fetch(`http://127.0.0.1:${server.address().port}/lead`, { method: "POST" })).status;
server.close();
server.closeAllConnections();

statuses.fastify = (await fastify().post("/lead", submit).inject({ method: "POST", url: "/lead" })).statusCode;

statuses.hono = (await new Hono().post("/lead", submit).request("/lead", { method: "POST" })).status;

console.log(`answer: ${JSON.stringify(statuses)}`);
