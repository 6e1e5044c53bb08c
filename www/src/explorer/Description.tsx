import { useSignal } from "@preact/signals";
import { news, takeDescription } from "./description.ts";

/** The API's OpenAPI description, to choose or to drop: it ends the assumptions. */
export const Description = () => {
  const isOver = useSignal(false);
  const take = (files: FileList | null | undefined) => {
    isOver.value = false;
    if (files?.[0]) void takeDescription(files[0]);
  };
  return (
    <fieldset
      class={isOver.value ? "description over" : "description"}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      }}
    >
      <legend>The API's OpenAPI description</legend>
      <label>
        <b>A file</b>
        <input
          type="file"
          accept=".json,.yaml,.yml,.html"
          aria-describedby="description-docs"
          onChange={(event) => take(event.currentTarget.files)}
        />
      </label>
      <p class="docs" id="description-docs">
        Drop it here: what it says replaces what is assumed. The API's own page offers it for download.
      </p>
      <p role="status" class={news.value?.kind === "bad" ? "wrong" : "docs"}>
        {news.value?.text}
      </p>
    </fieldset>
  );
};
