import { target } from "../target/target.ts";
import { doubles, startOver, texts } from "../target/texts.ts";
import { Bubble } from "./Bubble.tsx";

/** The texts to the person: the sandbox's ledger, whatever the calls' outcomes. */
export const Phone = () => {
  const all = texts.value;
  const twice = doubles(all ?? []);
  return (
    <aside class="phone" aria-label="The person's phone">
      <div class="device">
        <p class="who">Jane&rsquo;s phone</p>
        <p class="count" role="status">
          {all ? counted(all.length) : unknowable[target.value]}
          {twice.length > 0 && <b class="twice"> The same one {twice.length > 1 ? "again and again" : "twice"}.</b>}
        </p>
        <ol class="texts" aria-label="Texts received">
          {all?.map((text, index) => (
            <Bubble key={index} text={text} again={twice.includes(text)} />
          ))}
        </ol>
      </div>
      {all && (
        <button type="button" class="quiet" id="reset" onClick={startOver}>
          Start over
        </button>
      )}
    </aside>
  );
};

const counted = (count: number) => (count === 0 ? "No texts yet." : count === 1 ? "1 text." : `${count} texts.`);

const unknowable = {
  sandbox: "Starting.",
  relay: "This page cannot see the API behind this relay.",
  api: "A real phone: it cannot be seen from here.",
};
