import { useSignal } from "@preact/signals";
import { errorAt, file } from "./form-state.ts";

/** The smallest PNG there is: one grey pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

const sample = () =>
  new File([Uint8Array.from(atob(PIXEL), (char) => char.charCodeAt(0))], "photo.png", { type: "image/png" });

/** A file to choose, or to drop. */
export const Upload = () => {
  const isOver = useSignal(false);
  const take = (files: FileList | null | undefined) => {
    isOver.value = false;
    if (files?.[0]) file.value = files[0];
  };
  const problem = errorAt("file");
  return (
    <fieldset class="group">
      <legend>In the body</legend>
      <label
        class={isOver.value ? "drop over" : "drop"}
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
        <span>
          <code>file</code>
          <span class="required">required</span>
        </span>
        <input type="file" aria-describedby="file-docs" onChange={(event) => take(event.currentTarget.files)} />
        <b>{file.value ? file.value.name : "Drop a file here, or choose one"}</b>
        <span class="docs" id="file-docs">
          {file.value
            ? `${file.value.type || "no type"}, ${file.value.size.toLocaleString("en")} bytes`
            : "The file's bytes, with its name and type."}
        </span>
        {problem && <span class="wrong">{problem}</span>}
      </label>
      <button type="button" class="quiet" onClick={() => (file.value = sample())}>
        Use a sample file
      </button>
    </fieldset>
  );
};
