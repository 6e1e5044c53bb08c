// What calls a function: two events, one after the other, in one process.
const { handler } = await import("./lambda.mjs");

const body = Buffer.from("phoneNumber=3334445555").toString("base64");
const first = await handler({ body, isBase64Encoded: true });
const second = await handler({ body: "phoneNumber=3334445555", isBase64Encoded: false });
console.log(JSON.stringify([first, second]));
