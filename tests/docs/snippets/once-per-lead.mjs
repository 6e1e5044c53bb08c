import { Botsplash } from "botsplash";

// Make the key when the lead arises, and store it with the lead: each retry of yours uses the same.
const lead = { key: crypto.randomUUID(), phoneNumber: "3334445555" };
const relay = new Botsplash({ appId: "acme", baseUrl: "https://relay.example.com" });

await relay.submitListener("welcome", { visitor: { phoneNumber: lead.phoneNumber } }, { submissionKey: lead.key });
