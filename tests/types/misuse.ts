// Mistakes that the compiler must refuse, and the reason it must give (usage.test.js holds each to it).
// cspell:ignore Mesage

import type { ClientOptions, ErrorCode, VisitorRef } from "botsplash";
import { Botsplash, BotsplashError } from "botsplash";

const client = new Botsplash({ appId: "acme" });
const who: VisitorRef = { clientVisitorId: "12345" };
const meeting = { agentClientUserId: "54321", followupAt: "2030-08-24T14:15:22Z" };

// --- requests ---

// @ts-expect-error 'phonNumber' does not exist in type 'NewVisitor'
client.submitListener("welcome", { visitor: { phonNumber: "3334445555" } });
// @ts-expect-error 'clientAppId' does not exist in type 'NewVisitor'
client.submitListener("welcome", { visitor: { clientAppId: "12345" } });
// @ts-expect-error 'message' does not exist in type 'ListenerSubmit'
client.submitListener("welcome", { visitor: {}, message: "Hello" });
// @ts-expect-error Property 'visitor' is missing
client.submitListener("welcome", { args: { message: "Hello" } });
// @ts-expect-error Type 'number' is not assignable to type 'string'
client.submitListener("welcome", { visitor: { phoneNumber: 3334445555 } });
// @ts-expect-error Type 'number' is not assignable to type 'string'
client.submitListener("welcome", { visitor: {}, args: { message: 1 } });
// @ts-expect-error Type 'string' is not assignable to type 'number'
client.submitListener("welcome", { visitor: { deliveryStatus: "202" } });
// @ts-expect-error Type 'null' is not assignable to type 'string | undefined'
client.submitListener("welcome", { visitor: { email: null } });
// @ts-expect-error Type 'string' is not assignable to type 'JsonObject'
client.submitListener("welcome", { visitor: { extendedAttributes: "red" } });
// @ts-expect-error 'number' is not assignable to parameter of type 'string'
client.submitListener(7, { visitor: {} });
// @ts-expect-error Expected 2-3 arguments
client.submitListener("welcome");
// @ts-expect-error Property 'text' is missing
client.sendMessage({ visitor: {} });
// @ts-expect-error 'string' is not assignable to parameter of type 'MessageSend'
client.sendMessage("Hello");
// @ts-expect-error Property 'followupAt' is missing
client.scheduleMeeting(who, { agentClientUserId: "54321" });
// @ts-expect-error Type 'number' is not assignable to type 'string | Date'
client.scheduleMeeting(who, { agentClientUserId: "54321", followupAt: Date.now() });
// @ts-expect-error Type 'string' is not assignable to type 'string[]'
client.scheduleMeeting(who, { ...meeting, additionalEmails: "jane@example.com" });
// @ts-expect-error Property 'status' is missing
client.updatePhoneStatuses({ items: [{ phoneNumber: "3334445555" }] });
// @ts-expect-error Type 'number' is not assignable to type
client.updatePhoneStatuses({ items: [{ phoneNumber: "3334445555", status: 1 }] });
// @ts-expect-error 'string' is not assignable to parameter of type
client.uploadFile("photo.png");

// --- who ---

// @ts-expect-error not assignable to parameter of type 'VisitorRef'
client.listMeetings({ clientVisitorId: "12345", clientAppId: "12345" });
// @ts-expect-error not assignable to parameter of type 'VisitorRef'
client.listMeetings({});
// @ts-expect-error 'string' is not assignable to parameter of type 'VisitorRef'
client.listMeetings("12345");
// @ts-expect-error 'id' does not exist in type 'VisitorRef'
client.listMeetings({ id: "12345" });

// --- options ---

// @ts-expect-error Property 'appId' is missing
new Botsplash({ baseUrl: "/relay" });
// @ts-expect-error Type 'string' is not assignable to type 'undefined'
new Botsplash({ appId: "acme", auth: { username: "acme-crm", password: "...", apiKey: "..." } });
// @ts-expect-error Property 'password' is missing
new Botsplash({ appId: "acme", auth: { username: "acme-crm" } });
// @ts-expect-error Type 'string' is not assignable to type 'undefined'
new Botsplash({ appId: "acme", auth: { username: "acme-crm", password: "...", in: "body" } });
// @ts-expect-error Type '"header"' is not assignable to type
new Botsplash({ appId: "acme", auth: { apiKey: "...", in: "header" } });
// @ts-expect-error 'sendMesage' does not exist in type
new Botsplash({ appId: "acme", routes: { sendMesage: "POST /{appId}/message" } });
// @ts-expect-error 'ready' does not exist in type
new Botsplash({ appId: "acme", routes: { ready: "GET /{appId}/ready" } });
// @ts-expect-error Type 'string' is not assignable to type 'number'
new Botsplash({ appId: "acme", timeoutMs: "10s" });
// @ts-expect-error Type 'boolean' is not assignable to type 'number'
new Botsplash({ appId: "acme", retries: false });
// @ts-expect-error 'timeout' does not exist in type 'ClientOptions'
new Botsplash({ appId: "acme", timeout: 10_000 });
// @ts-expect-error Type 'string' is not assignable to type 'Promise<Response>'
new Botsplash({ appId: "acme", fetch: () => "" });
// @ts-expect-error Type 'string' is not assignable to type 'number'
client.listMeetings(who, { timeoutMs: "500" });
// @ts-expect-error 'appId' does not exist in type 'CallOptions'
client.listMeetings(who, { appId: "other" });
// @ts-expect-error 'fileName' does not exist in type 'CallOptions'
client.sendMessage({ text: "Hello" }, { fileName: "photo.png" });
// @ts-expect-error Type 'AbortController' is missing
client.sendMessage({ text: "Hello" }, { signal: new AbortController() });

// --- the client and its answers ---

// @ts-expect-error Property 'sendMesage' does not exist on type 'Botsplash'
await client.sendMesage({ text: "Hello" });
// @ts-expect-error Property 'deleteVisitor' does not exist on type 'Botsplash'
await client.deleteVisitor(who);
// @ts-expect-error Property 'key' does not exist on type 'Promise<UploadResponse>'
client.uploadFile(new Blob()).key;
// @ts-expect-error 'visitor.firstName' is possibly 'null' or 'undefined'
await client.sendMessage({ text: "Hello" }).then((visitor) => visitor.firstName.length);
// @ts-expect-error Property 'length' does not exist on type 'string | number
await client.sendMessage({ text: "Hello" }).then((visitor) => visitor["loyaltyTier"].length);

// --- errors ---

// @ts-expect-error Constructor of class 'BotsplashError' is private
new BotsplashError();
// @ts-expect-error Cannot assign to 'delivery' because it is a read-only property
export const tampered = (error: BotsplashError) => (error.delivery = "accepted");
// @ts-expect-error This comparison appears to be unintentional
export const misspelt = (code: ErrorCode) => code === "time_out";
// @ts-expect-error Property 'operation' does not exist on type 'ClientOptions'
export const mixedUp = (options: ClientOptions) => options.operation;
