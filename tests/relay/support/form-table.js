// cspell:ignore ключ formmethod formenctype formtarget novalidate formnovalidate
// Forms as they are found in the wild: what the browser does with each is what the enhanced one must do.

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} [attributes] of the form, in place of `method="post"`
 * @property {string} [fields] in place of a phone number
 * @property {string} [buttons] in place of one
 * @property {string} [around] after the form
 * @property {string} [head]
 * @property {(page: import("playwright-core").Page) => Promise<unknown>} [submit] in place of a click on `#send`
 * @property {() => void} [listen] runs in the page before
 * @property {"welcome" | "nameless"} [listener]
 * @property {boolean} [stays] the page is where it was
 * @property {boolean} [opens] another page
 */

const PHONE = '<input name="phoneNumber" id="phone" value="3334445555">';
const SEND = '<button id="send">Send</button>';

/** @param {Row} row @param {{ action: string, nameless: string }} site @param {boolean} isEnhanced */
export const pageOf = (row, site, isEnhanced) => {
  const { attributes = 'method="post"', fields = PHONE, buttons = SEND, around = "", head = "" } = row;
  const action = row.listener === "nameless" ? site.nameless : site.action;
  const place = /action=/.test(attributes) ? "" : `action="${action}"`;
  return `<!doctype html><meta charset="utf-8"><title>Form</title>${head}
    ${isEnhanced ? '<script src="/form-auto.js" defer></script>' : ""}
    <form id="form" ${place} data-botsplash ${attributes.replaceAll("ACTION", action)}>${fields} ${buttons}</form>${around}`;
};

/** @param {string} selector @returns {(page: import("playwright-core").Page) => Promise<void>} */
const click = (selector) => (page) => page.click(selector);
/** @param {string} key @param {string} [selector] */
const press =
  (key, selector = "#phone") =>
  (/** @type {import("playwright-core").Page} */ page) =>
    page.press(selector, key);
/** @param {() => unknown} script */
const run = (script) => (/** @type {import("playwright-core").Page} */ page) => page.evaluate(script);

/** @type {Row[]} */
const controls = [
  { name: "a text area with lines", fields: `${PHONE}<textarea name="message">a\nb\r\nc\n\n</textarea>` },
  {
    name: "a hidden field with lines",
    fields: `${PHONE}<input type="hidden" name="message" value="a&#10;b&#13;c&#13;&#10;d">`,
  },
  {
    name: "boxes",
    fields: `${PHONE}<input type="checkbox" name="a" checked><input type="checkbox" name="b"><input type="checkbox" name="c" value="d" checked>`,
  },
  {
    name: "radio buttons",
    fields: `${PHONE}<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>`,
  },
  { name: "radio buttons, none chosen", fields: `${PHONE}<input type="radio" name="a" value="1">` },
  { name: "a list", fields: `${PHONE}<select name="a"><option>1<option selected>2</select>` },
  {
    name: "a list with several chosen",
    fields: `${PHONE}<select name="a" multiple><option selected>1<option>2<option selected value="">3</select>`,
  },
  {
    name: "an empty list, and one of which the choice is disabled",
    fields: `${PHONE}<select name="a"></select><select name="b"><option selected disabled>1</select>`,
  },
  {
    name: "disabled fields, and a disabled set of them",
    fields: `${PHONE}<input name="a" disabled><fieldset disabled><legend><input name="b" value="1"></legend><input name="c"></fieldset>`,
  },
  {
    name: "fields that are not shown",
    fields: `${PHONE}<details><input name="a" value="1"></details><input name="b" hidden><template><input name="c"></template>`,
  },
  { name: "fields without names", fields: `${PHONE}<input value="1"><input name="" value="2">` },
  {
    name: "the same name three times",
    fields: `${PHONE}<input name="a" value="2"><input name="a" value="1"><input name="a" value="2">`,
  },
  {
    name: "names of all kinds",
    fields: `${PHONE}<input name="a[]" value="é😀"><input name="ключ" value="+ &=%"><input name="a&#10;b" value=" ">`,
  },
  {
    name: "fields called like a form's own",
    fields: `${PHONE}<input name="submit"><input name="action" value="x"><input name="method"><input name="elements"><input name="reset">`,
  },
  {
    name: "a field for the direction of text",
    fields: `${PHONE}<input name="firstName" dirname="firstName.dir" value="ا" dir="auto">`,
  },
  { name: "a field for the encoding", fields: `${PHONE}<input type="hidden" name="_charset_" value="x">` },
  {
    name: "a field for the encoding, with one asked for",
    attributes: 'method="post" accept-charset="utf-8"',
    fields: `${PHONE}<input type="hidden" name="_charset_">`,
  },
  {
    name: "numbers, dates, a color",
    fields: `${PHONE}<input type="number" name="a" value="1.50"><input type="date" name="b" value="2030-01-02"><input type="color" name="c">`,
  },
  { name: "a field for a file, with none chosen", fields: `${PHONE}<input type="file" name="a">` },
  {
    name: "a field for a file, with none chosen, as multipart",
    attributes: 'method="post" enctype="multipart/form-data"',
    fields: `${PHONE}<input type="file" name="a">`,
  },
  {
    name: "a file",
    fields: `${PHONE}<input type="file" name="a" id="file">`,
    submit: async (page) => {
      await page.setInputFiles("#file", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("1") });
      await page.click("#send");
    },
  },
  {
    name: "an empty file, as multipart",
    attributes: 'method="post" enctype="multipart/form-data"',
    fields: `${PHONE}<input type="file" name="a" id="file">`,
    submit: async (page) => {
      await page.setInputFiles("#file", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("") });
      await page.click("#send");
    },
  },
  {
    name: "fields elsewhere in the page",
    fields: "",
    around: `<p>${PHONE.replace("<input", '<input form="form"')}<input name="a" form="form" value="1"><input name="b" value="2">`,
  },
  {
    name: "a list of suggestions, an output, a bar",
    fields: `${PHONE}<input name="a" list="l"><datalist id="l"><option><input name="b"></datalist><output name="c">1</output><meter value="1"></meter>`,
  },
  {
    name: "a custom element that is a field",
    fields: `${PHONE}<x-field name="a"></x-field>`,
    listen: () => {
      customElements.define(
        "x-field",
        class extends HTMLElement {
          static formAssociated = true;
          constructor() {
            super();
            this.attachInternals().setFormValue("1");
          }
        },
      );
    },
  },
  {
    name: "a key that the server has written",
    fields: `${PHONE}<input type="hidden" name="submissionKey" value="abc"><input name="a">`,
  },
];

/** @type {Row[]} */
const buttons = [
  { name: "a button with a name and a value", buttons: '<button id="send" name="via" value="a">Send</button>' },
  { name: "a button with a name alone", buttons: '<button id="send" name="via">Send</button>' },
  {
    name: "the second of two buttons of one name",
    buttons: '<button name="via" value="1">A</button><button id="send" name="via" value="2">B</button>',
  },
  {
    name: "a button whose name a field has too",
    buttons: `<input name="via" value="0"><button id="send" name="via" value="1">A</button><input name="via" value="2">`,
  },
  { name: "an input that submits", buttons: '<input type="submit" id="send" name="via">' },
  {
    name: "an image with a name",
    buttons: '<input type="image" alt="Send" id="send" name="via" width="20" height="20">',
  },
  { name: "an image without a name", buttons: '<input type="image" alt="Send" id="send" width="20" height="20">' },
  {
    name: "a button elsewhere in the page",
    buttons: "",
    around: '<button id="send" form="form" name="via" value="1">Send</button>',
  },
  { name: "what stands in a button", buttons: '<button name="via" value="1"><b id="send">Send</b></button>' },
  { name: "a button that does not submit", buttons: '<button type="button" id="send">Send</button>', stays: true },
  { name: "a button that resets", buttons: '<button type="reset" id="send">Send</button>', stays: true },
  {
    name: "a disabled button",
    buttons: '<button disabled><b id="send">Send</b></button>',
    submit: run(() => document.getElementById("send")?.click()),
    stays: true,
  },
  {
    name: "Enter, which presses the first button",
    buttons: '<button name="via" value="1">A</button><button name="via" value="2">B</button>',
    submit: press("Enter"),
  },
  {
    name: "Enter where the first button is disabled",
    buttons: '<button name="via" disabled>A</button><button>B</button>',
    submit: press("Enter"),
    stays: true,
  },
  { name: "Enter without any button", buttons: "", submit: press("Enter") },
  {
    name: "Enter in a text area",
    fields: `${PHONE}<textarea id="area" name="message"></textarea>`,
    submit: press("Enter", "#area"),
    stays: true,
  },
  { name: "Space on the button", submit: press("Space", "#send") },
  {
    name: "requestSubmit()",
    buttons: '<button name="via">A</button>',
    submit: run(() => /** @type {any} */ (document.getElementById("form")).requestSubmit()),
  },
  {
    name: "requestSubmit(button)",
    buttons: '<button id="send" name="via" value="1">A</button>',
    submit: run(() =>
      /** @type {any} */ (document.getElementById("form")).requestSubmit(document.getElementById("send")),
    ),
  },
  { name: "submit()", submit: run(() => /** @type {any} */ (document.getElementById("form")).submit()) },
  {
    name: "a submit event that a script makes",
    submit: run(() =>
      document.getElementById("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })),
    ),
    stays: true,
  },
];

/** @type {Row[]} */
const attributes = [
  { name: "the method in capitals", attributes: 'method="POST"' },
  { name: "no method", attributes: "" },
  { name: "an unknown method", attributes: 'method="put"' },
  { name: "a method with a blank", attributes: 'method=" post"' },
  { name: "the method get", attributes: 'method="get" action="/thanks"' },
  {
    name: "a button's own method, get",
    buttons: '<button id="send" formmethod="get" formaction="/thanks">Send</button>',
  },
  {
    name: "a button's own method, post",
    attributes: 'method="get" action="ACTION"',
    buttons: '<button id="send" formmethod="post">Send</button>',
  },
  { name: "a dialog's button", buttons: '<button id="send" formmethod="dialog">Send</button>', stays: true },
  { name: "a form of the method dialog", attributes: 'method="dialog"', stays: true },
  {
    name: "multipart",
    attributes: 'method="post" enctype="multipart/form-data"',
    fields: `${PHONE}<textarea name="message">a\nb</textarea>`,
  },
  { name: "an unknown encoding", attributes: 'method="post" enctype="application/json"' },
  { name: "plain text", attributes: 'method="post" enctype="text/plain"' },
  { name: "a button's own encoding", buttons: '<button id="send" formenctype="text/plain">Send</button>' },
  { name: "a new tab", attributes: 'method="post" target="_blank"', opens: true },
  { name: "a button's own new tab", buttons: '<button id="send" formtarget="_blank">Send</button>', opens: true },
  { name: "a page whose links open new tabs", head: '<base target="_blank">', opens: true },
  {
    name: "such a page, and a form that does not",
    head: '<base target="_blank">',
    attributes: 'method="post" target="_self"',
  },
  { name: "the same tab, in capitals", attributes: 'method="post" target="_SELF"' },
  { name: "the whole window", attributes: 'method="post" target="_top"' },
  {
    name: "a frame",
    attributes: 'method="post" target="inner"',
    around: '<iframe name="inner"></iframe>',
    stays: true,
  },
  { name: "an action with a query and a fragment", attributes: 'method="post" action="ACTION?a=b#c"' },
  { name: "an action with blanks around it", attributes: 'method="post" action=" ACTION "' },
  { name: "no action", attributes: 'method="post" action=""' },
  { name: "a button that leads to another listener", buttons: '<button id="send" formaction="SALES">Send</button>' },
  { name: "a button that leads elsewhere", buttons: '<button id="send" formaction="/elsewhere">Send</button>' },
  { name: "a button without an action of its own", buttons: '<button id="send" formaction="">Send</button>' },
  { name: "an action that is a script", attributes: 'method="post" action="javascript:void 0"', stays: true },
  { name: "a field that is required", fields: '<input name="phoneNumber" required>', stays: true },
  {
    name: "a field that is required, in a form that is not checked",
    attributes: 'method="post" novalidate',
    fields: `${PHONE}<input name="a" required>`,
  },
  {
    name: "a button that checks nothing",
    fields: `${PHONE}<input name="a" pattern="b" value="c">`,
    buttons: '<button id="send" formnovalidate>Send</button>',
  },
  { name: "a field that the relay refuses", listener: "nameless" },
];

/** @type {Row[]} */
const listeners = [
  { name: "a handler that returns false", attributes: 'method="post" onsubmit="return false"', stays: true },
  {
    name: "a listener on the form that prevents",
    listen: () => document.getElementById("form")?.addEventListener("submit", (event) => event.preventDefault()),
    stays: true,
  },
  {
    name: "a listener on the document that prevents",
    listen: () => document.addEventListener("submit", (event) => event.preventDefault()),
    stays: true,
  },
  {
    name: "a listener on the window that prevents",
    listen: () => window.addEventListener("submit", (event) => event.preventDefault()),
    stays: true,
  },
  {
    name: "a listener that is added meanwhile and prevents",
    listen: () =>
      document.addEventListener(
        "submit",
        () => window.addEventListener("submit", (event) => event.preventDefault()),
        true,
      ),
    stays: true,
  },
  {
    name: "a listener that prevents before the form has it",
    listen: () => window.addEventListener("submit", (event) => event.preventDefault(), true),
    stays: true,
  },
  {
    name: "a listener that prevents too late",
    listen: () =>
      document.addEventListener("submit", async (event) => {
        await new Promise((resolve) => setTimeout(resolve));
        event.preventDefault();
      }),
  },
  {
    name: "a listener that keeps the event to itself",
    listen: () =>
      document.getElementById("form")?.addEventListener("submit", (event) => event.stopImmediatePropagation()),
  },
  {
    name: "a listener that keeps the event from the form",
    listen: () => window.addEventListener("submit", (event) => event.stopImmediatePropagation(), true),
  },
  {
    name: "a listener that throws",
    listen: () =>
      document.addEventListener("submit", () => {
        throw new Error("on purpose");
      }),
  },
  {
    name: "a listener that writes a field",
    listen: () =>
      document.addEventListener("submit", () => {
        /** @type {any} */ (document.getElementById("phone")).value = "3334445556";
      }),
  },
  {
    name: "a listener that leads elsewhere",
    listen: () =>
      document.addEventListener("submit", () =>
        document.getElementById("form")?.setAttribute("action", "/elsewhere?listener"),
      ),
  },
  {
    name: "a listener that adds to the data",
    listen: () =>
      document.getElementById("form")?.addEventListener("formdata", ({ formData }) => formData.append("a", "1")),
  },
  {
    name: "a listener that takes from the data",
    fields: `${PHONE}<input name="a" value="1">`,
    listen: () => document.getElementById("form")?.addEventListener("formdata", ({ formData }) => formData.delete("a")),
  },
  {
    name: "a click that is prevented",
    listen: () => document.getElementById("send")?.addEventListener("click", (event) => event.preventDefault()),
    stays: true,
  },
];

export const rows = [...controls, ...buttons, ...attributes, ...listeners].map((row) => ({
  submit: click("#send"),
  ...row,
}));
