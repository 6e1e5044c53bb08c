import type { Text } from "botsplash/sandbox";
import { make, one, say } from "./dom";
import * as sandbox from "./sandbox";

const senders: Record<string, string> = {
  submitListener: "from the listener",
  sendMessage: "from the message",
  triggerSequence: "from a sequence",
};

/** Shows what the sandbox has texted to whom: the effect of the calls, whatever they came to. */
export const phoneView = () => {
  const list = one(".phone .texts");
  const count = one(".phone .count");

  const refresh = async () => {
    try {
      const texts = await sandbox.texts();
      say(count, texts.length === 0 ? "Nothing yet." : texts.length === 1 ? "1 text" : `${texts.length} texts`);
      list.replaceChildren(...texts.map(bubble));
      list.scrollTop = list.scrollHeight;
    } catch {
      say(count, "The sandbox cannot be asked.");
    }
  };

  one("#reset").addEventListener("click", async () => {
    await sandbox.reset();
    await refresh();
  });
  return { refresh };
};

const bubble = ({ to, text, by }: Text) => {
  const item = make("li");
  item.append(make("p", text, "bubble"), make("p", `to ${to}, ${senders[by] ?? by}`, "small"));
  return item;
};
