// cspell:ignore formmethod formnovalidate
// Events that people, pages and browsers cause in a form, in any browser: each case failed before the script decided last.
import assert from "node:assert/strict";
import { until } from "./webdriver.js";

/**
 * @typedef {Awaited<ReturnType<typeof import("../relay/support/form-site.js").startSite>>} Site
 * @typedef {import("./webdriver.js").Browser} Browser
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {(browser: Browser, site: Site) => Promise<void>} run
 */

const SENT = "Thank you. It is sent.";
const ONE = ["3334445555: Welcome!"];

/** @param {string} inside of the body */
const page = (inside) => `<!doctype html><meta charset="utf-8"><title>Ask us</title>
<script src="/form-auto.js" defer></script>${inside}`;

const FIELDS = `
  <input name="firstName" value="Jane"> <input name="phoneNumber" id="phone"> <textarea name="message"></textarea>`;

/** @param {string} action @param {string} [more] @param {string} [attributes] */
const form = (action, more = '<button id="send">Send</button>', attributes = "") =>
  page(`<form method="post" action="${action}" data-botsplash ${attributes}>${FIELDS}${more}</form>`);

/**
 * @param {Browser} browser @param {Site} site @param {string} html @param {Record<string, string>} [headers]
 */
const visit = async (browser, site, html, headers) => {
  site.gate.reset();
  site.ownPosts.length = 0;
  const texts = await site.count();
  await browser.visit(site.page + site.add(html, headers));
  // Else it would be the lead of the case before.
  await browser.run(() => sessionStorage.clear());
  await browser.run(fillIn);
  return texts;
};

/** @param {Browser} browser @param {string} words */
const reads = (browser, words) => until(() => browser.run(says, words));
/** @param {Browser} browser @param {string} path */
const arrives = (browser, path) => until(() => browser.run(isAt, path));
/** @param {Site} site */
const modes = (site) => site.gate.posts.map(({ mode }) => mode);
/** @param {Site} site */
const keys = (site) =>
  site.gate.posts.map(({ fields }) => fields.find(([name]) => name === "submissionKey")?.[1] ?? "none");

// This runs in the page.

const fillIn = () => {
  const find = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=${name}]`));
  const [phone, message] = [find("phoneNumber"), find("message")];
  if (phone) phone.value = "3334445555";
  if (message) message.value = "Welcome!";
};
/** @param {string} words */
const says = (words) =>
  [...document.querySelectorAll("[role=status],[role=alert]")].some(({ textContent }) => textContent === words);
/** @param {string} path */
const isAt = (path) => location.pathname === path && document.readyState === "complete";
const isMarked = () => document.querySelector("[aria-busy],[aria-disabled],:disabled") !== null;
const phone = () => /** @type {HTMLInputElement} */ (document.getElementById("phone")).value;

/** @type {Case[]} */
export const cases = [
  {
    name: "a dialog's Cancel button closes the dialog and sends nothing",
    async run(browser, site) {
      const cancel =
        '<button id="send">Send</button><button id="cancel" formmethod="dialog" formnovalidate>Cancel</button>';
      const html = form(site.action, cancel).replace("<form", "<dialog id=dialog open><form");
      const texts = await visit(browser, site, html);
      await browser.click("#cancel");
      await until(() => browser.run(() => !document.querySelector("dialog")?.open));
      await browser.run(() => document.querySelector("dialog")?.show());
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(site.gate.posts.length, 1);
    },
  },
  {
    name: "a submit that a later listener prevents, on the document or the window, stays prevented",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(() => {
        document.documentElement.dataset.said = "";
        for (const target of [document, window]) {
          target.addEventListener("submit", (event) => {
            if (document.documentElement.dataset.consent === target.constructor.name) return;
            document.documentElement.dataset.said += `${event.defaultPrevented} `;
            event.preventDefault();
          });
        }
      });
      await browser.click("#send");
      await until(() => browser.run(() => document.documentElement.dataset.said === "false true "));
      assert.equal(await browser.run(isMarked), false);
      await browser.run(() => {
        for (const target of [document, window])
          target.addEventListener("submit", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
      });
      assert.equal(site.gate.posts.length, 0);
      await browser.visit(site.page + site.add(form(site.action)));
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a second button's formaction is where its lead goes, with the button's name and value",
    async run(browser, site) {
      const html = form(
        site.action,
        `<button id="send" name="via" value="b" formaction="${site.sales}">Sales</button>`,
      );
      const texts = await visit(browser, site, html);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      const [{ path, fields }] = site.gate.posts;
      assert.match(path, /\/sales$/);
      assert.deepEqual(fields[3], ["via", "b"]);
    },
  },
  {
    name: "a browser that does not say which button submitted has it told by the click, or by Enter",
    async run(browser, site) {
      const html = form(site.action, `<button id="send" formaction="${site.sales}"><b id="inside">Sales</b></button>`);
      const texts = await visit(browser, site, html);
      // @ts-expect-error Safari before 15.4
      await browser.run(() => delete SubmitEvent.prototype.submitter);
      await browser.click("#inside");
      await reads(browser, SENT);
      await browser.run(fillIn);
      await browser.type("#phone", "\uE007");
      await until(async () => site.gate.posts.length === 2);
      assert.deepEqual(await texts(1), ONE);
      for (const { path } of site.gate.posts) assert.match(path, /\/sales$/);
    },
  },
  {
    name: "a form without action is the page's own",
    async run(browser, site) {
      await visit(browser, site, form("").replace('action=""', ""));
      await browser.click("#send");
      await until(async () => site.ownPosts.length > 0);
      assert.match(site.ownPosts[0], /^\/form\/\d+$/);
      assert.equal(site.gate.posts.length, 0);
    },
  },
  {
    name: "a chosen file is left to the browser; a file field without one is an empty field",
    async run(browser, site) {
      const html = form(site.action, '<input type="file" name="color" id="file"><button id="send">Send</button>');
      const texts = await visit(browser, site, html);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(site.gate.posts[0].fields[3], ["color", ""]);
      await browser.run(fillIn);
      await browser.run(() => {
        const files = new DataTransfer();
        files.items.add(new File(["1"], "a.txt"));
        /** @type {HTMLInputElement} */ (document.getElementById("file")).files = files.files;
      });
      await browser.click("#send");
      await arrives(browser, "/thanks");
      assert.equal(site.gate.posts.length, 2);
      assert.deepEqual(site.gate.posts[1].fields[3], ["color", "a.txt"]);
      // Without a key, and with a window of no time, the plain form is a lead of its own.
      assert.deepEqual(await texts(2), [...ONE, ...ONE]);
    },
  },
  ...["reset", "elements", "submit", "action", "method", "dataset", "getAttribute", "querySelector", "append"].map(
    (name) => ({
      name: `a field called ${name} hides nothing of its form`,
      /** @param {Browser} browser @param {Site} site */
      async run(browser, site) {
        const html = form(
          site.action,
          `<input name="${name}"><input type="reset" id="${name}"><button id="send">Send</button>`,
        );
        const texts = await visit(browser, site, html);
        await browser.click("#send");
        await reads(browser, SENT);
        assert.equal(await browser.run(phone), "");
        assert.equal(await browser.run(isMarked), false);
        assert.deepEqual(await texts(1), ONE);
      },
    }),
  ),
  {
    name: "a browser without AbortSignal.timeout sends as any other",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(() => {
        for (const [holder, name] of /** @type {[any, string][]} */ ([
          [AbortSignal, "timeout"],
          [AbortSignal, "any"],
          [globalThis, "structuredClone"],
          [HTMLFormElement.prototype, "requestSubmit"],
          [Array.prototype, "at"],
        ]))
          delete holder[name];
      });
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "under a connect-src without the relay the browser sends the form, and the next one at once",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action), { "content-security-policy": "connect-src 'self'" });
      await browser.click("#send");
      await arrives(browser, "/thanks");
      assert.deepEqual(await texts(1), ONE);
      assert.deepEqual(modes(site), ["navigate"]);
      assert.match(keys(site)[0], /^\d+$/);
    },
  },
  {
    name: "the event before that can be prevented; then it has failed, and the form is as it was",
    async run(browser, site) {
      await visit(browser, site, form(site.action), { "content-security-policy": "connect-src 'self'" });
      await browser.run(() => document.addEventListener("botsplash:native", (event) => event.preventDefault()));
      await browser.click("#send");
      await reads(browser, "It may not have arrived. Please try again.");
      assert.equal(await browser.run(phone), "3334445555");
      assert.equal(await browser.run(isMarked), false);
      assert.equal(site.gate.posts.length, 0);
    },
  },
  {
    name: "where form-action forbids the browser's own way too, the person is told",
    async run(browser, site) {
      await visit(browser, site, form(site.action), {
        "content-security-policy": "connect-src 'self'; form-action 'self'",
      });
      await browser.click("#send");
      await reads(browser, "It may not have arrived. Please try again.");
      assert.equal(await browser.run(isMarked), false);
    },
  },
  {
    name: "a page that has used up what may outlive it sends its form all the same",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(() => {
        const body = "a".repeat(32_700);
        for (const _ of [1, 2]) fetch("/silence", { method: "POST", body, keepalive: true }).catch(() => {});
      });
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a script that adds a header to fetch costs no lead",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(() => {
        const { fetch } = window;
        window.fetch = (url, init) => fetch(url, { ...init, headers: { ...init?.headers, "x-monitored": "1" } });
      });
      await browser.click("#send");
      await until(async () => (await browser.run(says, SENT)) || (await browser.run(isAt, "/thanks")));
      assert.deepEqual(await texts(1), ONE);
    },
  },
  ...[
    ["always fails", () => (window.fetch = () => Promise.reject(new TypeError("Failed to fetch")))],
    [
      "throws",
      () =>
        (window.fetch = () => {
          throw new Error("not today");
        }),
    ],
    ["gives no response", () => (window.fetch = () => Promise.resolve(/** @type {any} */ (undefined)))],
    // @ts-expect-error
    ["is missing", () => delete window.fetch],
  ].map(([what, spoil]) => ({
    name: `where the page's fetch ${what}, the browser sends the form`,
    /** @param {Browser} browser @param {Site} site */
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(/** @type {() => unknown} */ (spoil));
      await browser.click("#send");
      await arrives(browser, "/thanks");
      assert.deepEqual(await texts(1), ONE);
    },
  })),
  {
    name: "a browser that is wrong about the connection tries again after a 503",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run(() => {
        Object.defineProperty(navigator, "onLine", { get: () => false });
      });
      site.gate.answer(503);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  },
  {
    name: "a spent token is replaced, and none is left where there is no widget",
    async run(browser, site) {
      const token =
        '<div class="cf-turnstile"><input type="hidden" name="cf-turnstile-response" id="cf-chl-widget-a1_response" value="one"></div>';
      const texts = await visit(browser, site, form(site.action, `${token}<button id="send">Send</button>`));
      await browser.run(() => {
        /** @type {any} */ (window).turnstile = {
          /** @param {string} widget its id, as the name of its field begins */
          reset(widget) {
            const field = /** @type {HTMLInputElement} */ (document.getElementById(`${widget}_response`));
            field.value += "two";
          },
        };
      });
      await browser.click("#send");
      await reads(browser, SENT);
      await browser.run(fillIn);
      await browser.click("#send");
      await until(async () => site.gate.posts.length === 2);
      assert.deepEqual(
        site.gate.posts.map(({ fields }) => fields[3][1]),
        ["one", "two"],
      );
      assert.equal(new Set(keys(site)).size, 1);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a copy of the page that a router takes meanwhile holds a form that works",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.click("#send");
      await reads(browser, "Sending…");
      await browser.run(() => {
        document.dispatchEvent(new Event("turbo:before-cache", { bubbles: true }));
        const copy = document.body.cloneNode(true);
        document.body.replaceWith(document.createElement("body"));
        /** @type {any} */ (window).restore = () => document.body.replaceWith(copy);
        document.addEventListener("botsplash:sent", () => (document.documentElement.dataset.sent = ""), { once: true });
      });
      open();
      await until(() => browser.run(() => document.documentElement.dataset.sent === ""));
      await browser.run(() => /** @type {any} */ (window).restore());
      assert.equal(await browser.run(isMarked), false);
      assert.equal(await browser.run(says, "Sending…"), false);
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
      assert.deepEqual(new Set(modes(site)), new Set(["cors"]));
    },
  },
  {
    name: "what is typed while the lead is on its way stays",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.click("#send");
      await reads(browser, "Sending…");
      await browser.type("#phone", "6");
      open();
      await reads(browser, SENT);
      assert.equal(await browser.run(phone), "33344455556");
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a refused field outside of its form is marked, and document hears of it",
    async run(browser, site) {
      const html = page(`<input name="phoneNumber" id="phone" form="lead"><form method="post" id="lead"
        action="${site.nameless}" data-botsplash><input name="firstName" value="Jane"><button id="send">Send</button></form>`);
      await visit(browser, site, html);
      await browser.run(() => {
        document.addEventListener("botsplash:refused", (event) => {
          document.title = /** @type {any} */ (event).detail.field;
        });
      });
      await browser.click("#send");
      await until(() => browser.run(() => document.title === "visitor.phoneNumber"));
      assert.equal(await browser.run(() => document.activeElement?.getAttribute("aria-invalid")), "true");
    },
  },
  {
    name: "on a page without a charset people read what is meant",
    async run(browser, site) {
      const html = form(site.action).replace('<meta charset="utf-8">', "");
      const texts = await visit(browser, site, html, { "content-type": "text/html" });
      const open = site.gate.hold();
      await browser.click("#send");
      await reads(browser, "Sending…");
      open();
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  ...[
    ["window.stop() is called", () => window.stop()],
    [
      "a link to an answer of 204 is followed",
      () => {
        location.href = "/nothing";
      },
    ],
    [
      "a download is begun",
      () => {
        location.href = "/download";
      },
    ],
  ].map(([what, act]) => ({
    name: `a lead on its way is told of although ${what}`,
    /** @param {Browser} browser @param {Site} site */
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.click("#send");
      await reads(browser, "Sending…");
      await until(async () => site.gate.posts.length === 1);
      await browser.run(/** @type {() => void} */ (act));
      open();
      await reads(browser, SENT);
      assert.equal(await browser.run(isMarked), false);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  })),
  {
    name: "Back while the lead is on its way leaves nothing behind, and the same again is the same lead",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.click("#send");
      await until(async () => site.gate.posts.length === 1);
      await browser.visit(`${site.page}/thanks`);
      open();
      await browser.back();
      await until(() => browser.run(() => document.readyState === "complete" && document.forms.length > 0));
      // From the cache it goes on by itself; anew, it is like new.
      await until(async () => !(await browser.run(isMarked)) && !(await browser.run(says, "Sending…")));
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  },
  {
    name: "a lead that waits to be sent again is not lost when the page is left",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      site.gate.answer(503, { "retry-after": "100" });
      await browser.click("#send");
      await reads(browser, "No answer yet. Trying again…");
      await browser.visit(`${site.page}/thanks`);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  },
  ...[1, 61].map((size) => ({
    name: `a form of ${size} kB arrives although its page is left in the same tick`,
    /** @param {Browser} browser @param {Site} site */
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await browser.run((length) => {
        const color = Object.assign(document.createElement("input"), { name: "color", value: "a".repeat(length) });
        document.forms[0]?.append(color);
        document.getElementById("send")?.click();
        location.href = "/thanks";
      }, size * 1000);
      await arrives(browser, "/thanks");
      assert.deepEqual(await texts(1), ONE);
    },
  })),
  {
    name: "in a sandboxed frame the person is told at once",
    async run(browser, site) {
      const path = site.add(form(site.action));
      site.gate.reset();
      await browser.visit(
        site.page + site.add(`<!doctype html><iframe sandbox="allow-scripts allow-forms" src="${path}"></iframe>`),
      );
      await browser.enterFrame();
      await until(() => browser.run(() => document.getElementById("send") !== null));
      await browser.run(fillIn);
      await browser.click("#send");
      await until(async () => modes(site).includes("navigate"));
      assert.ok(site.gate.posts.length <= 3);
    },
  },
  {
    name: "a double click and two Enters send one request",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.run(() => {
        for (const _ of [1, 2, 3]) document.getElementById("send")?.click();
      });
      await browser.type("#phone", "\uE007\uE007");
      await until(async () => site.gate.posts.length > 0);
      open();
      await reads(browser, SENT);
      assert.equal(site.gate.posts.length, 1);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a reload while it is sent leaves a form that works, and one lead",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      const open = site.gate.hold();
      await browser.click("#send");
      await until(async () => site.gate.posts.length === 1);
      await browser.reload();
      open();
      await until(() => browser.run(() => document.readyState === "complete" && document.forms.length > 0));
      assert.equal(await browser.run(isMarked), false);
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  },
  {
    name: "a relay that restarts gets one lead",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      await site.relay.kill();
      site.gate.pass();
      const open = site.gate.hold();
      await browser.click("#send");
      await until(async () => site.gate.posts.length > 1);
      await site.relay.restart();
      // Else the relay might come back between a post that failed and the script's look whether it is the post alone.
      open();
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
      assert.equal(new Set(keys(site)).size, 1);
    },
  },
  {
    name: "a form in a shadow root, and one that comes later, are enhanced",
    async run(browser, site) {
      const texts = await visit(browser, site, page(""));
      await browser.run(
        (html) => {
          document.body.innerHTML = html;
          document.getElementById("phone")?.focus();
        },
        form(site.action).replace(/^.*<\/script>/s, ""),
      );
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  ...["sent", "in flight"].map((when) => ({
    name: `neither a spent token nor a filled trap comes back after a reload, when the lead is ${when}`,
    /** @param {Browser} browser @param {Site} site */
    async run(browser, site) {
      const extra = `<input name="website" id="trap" tabindex="-1" autocomplete="off">
        <input type="hidden" name="cf-turnstile-response" id="cf-chl-widget-a1_response"><button id="send">Send</button>`;
      await visit(browser, site, form(site.action, extra));
      await browser.run(() => {
        for (const id of ["trap", "cf-chl-widget-a1_response"]) {
          const field = /** @type {HTMLInputElement} */ (document.getElementById(id));
          field.value = "one";
        }
      });
      const open = when === "sent" ? () => {} : site.gate.hold();
      await browser.click("#send");
      if (when === "sent") await reads(browser, SENT);
      else await until(async () => site.gate.posts.length === 1);
      await browser.reload();
      open();
      await until(() => browser.run(() => document.readyState === "complete" && document.forms.length > 0));
      const left = await browser.run(() => [
        /** @type {HTMLInputElement} */ (document.getElementById("trap")).value,
        /** @type {HTMLInputElement} */ (document.getElementById("cf-chl-widget-a1_response")).value,
      ]);
      assert.deepEqual(left, ["", ""]);
    },
  })),
  {
    name: "Back while it waits to be sent again: one lead, and a form that works",
    async run(browser, site) {
      const texts = await visit(browser, site, form(site.action));
      site.gate.answer(503, { "retry-after": "100" });
      await browser.click("#send");
      await reads(browser, "No answer yet. Trying again…");
      await browser.visit(`${site.page}/thanks`);
      assert.deepEqual(await texts(1), ONE);
      await browser.back();
      await until(() => browser.run(() => document.readyState === "complete" && document.forms.length > 0));
      // From the cache it goes on by itself, and tells how it ended; anew, it is like new.
      await until(async () => (await browser.run(says, SENT)) || !(await browser.run(isMarked)));
      await browser.run(fillIn);
      await browser.click("#send");
      await reads(browser, SENT);
      assert.equal(new Set(keys(site)).size, 1);
      assert.deepEqual(await texts(1), ONE);
    },
  },
  {
    name: "a form in a custom element's open shadow root sends its lead, with what its fields have",
    async run(browser, site) {
      const texts = await visit(browser, site, page("<lead-form></lead-form>"));
      await browser.run(
        (html) => {
          customElements.define(
            "lead-form",
            class extends HTMLElement {
              connectedCallback() {
                this.attachShadow({ mode: "open" }).innerHTML = html;
              }
            },
          );
          const { shadowRoot } = /** @type {HTMLElement} */ (document.querySelector("lead-form"));
          const find = (/** @type {string} */ name) =>
            /** @type {HTMLInputElement} */ (shadowRoot?.querySelector(`[name=${name}]`));
          find("phoneNumber").value = "3334445555";
          find("message").value = "Welcome!";
        },
        form(site.action).replace(/^.*<\/script>/s, ""),
      );
      // Nobody has enhanced it: the browser sends it, as it would any form.
      await browser.run(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("lead-form")?.shadowRoot);
        /** @type {HTMLElement} */ (root.querySelector("#send")).click();
      });
      await until(async () => site.gate.posts.length === 1);
      assert.deepEqual(await texts(1), ONE);
    },
  },
];
