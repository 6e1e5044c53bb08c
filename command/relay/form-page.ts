/** How visitors of a listener agree to be texted. */
interface Consent {
  readonly field: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** With the words of the last version. */
const box = ({ field, texts }: Consent): string => {
  const words = escaped(Object.values(texts).at(-1) ?? "");
  return `<label class="box"><input type="checkbox" name="${escaped(field)}" value="${words}" required /> ${words}</label>`;
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page with a lead form, and under it what the sandbox's people have received. */
export const formPage = (action: string, consent?: Consent): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>A lead, from form to text</title>
  <style>
    :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
    main { max-width: 26rem; margin: 10vh auto; padding: 0 1rem; }
    form, label { display: grid; gap: 0.25rem; }
    form { gap: 1rem; }
    input, textarea, button { font: inherit; padding: 0.5rem; }
    .box { grid-template-columns: auto 1fr; align-items: start; }
    [role="alert"] { color: #b00020; }
    li { overflow-wrap: anywhere; }
  </style>
  <main>
    <h1>Ask us</h1>
    <form method="post" action="${action}" data-botsplash>
      <label>First name <input name="firstName" autocomplete="given-name" /></label>
      <label>Phone <input name="phoneNumber" type="tel" required autocomplete="tel" value="3334445555" /></label>
      <label>Message <textarea name="message">Hello</textarea></label>
      ${consent ? box(consent) : ""}
      <button>Send</button>
    </form>
    <h2>Texts that people got</h2>
    <ul id="texts"></ul>
  </main>
  <script src="/sandbox/form-auto.js" defer></script>
  <script type="module">
    const list = document.getElementById("texts");
    const show = async () => {
      const texts = await (await fetch("/sandbox/texts")).json();
      list.replaceChildren(...texts.map(({ to, text }) => {
        const item = document.createElement("li");
        item.textContent = to + ": " + text;
        return item;
      }));
    };
    setInterval(() => show().catch(() => {}), 500);
  </script>
</html>
`;
