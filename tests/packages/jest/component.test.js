/** @jest-environment jsdom */
const component = require("./lead-form.js");

beforeEach(() => component.renderLeadForm(document.body));

test("a component that imports the package renders in jsdom as it comes", () => {
  expect(document.querySelector("button").textContent).toBe("Send");
});

test("its first call says what jsdom lacks", async () => {
  document.querySelector("input").value = "3334445555";
  document.querySelector("button").click();
  await component.sent;
  expect(document.querySelector("output").textContent).toMatch(/^configuration, not_sent: .*TextDecoder/);
});
