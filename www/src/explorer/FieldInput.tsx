import type { Field } from "../contract/fields.ts";
import { draft, setText } from "./form-state.ts";

/** The control for a field's value: typed, or chosen. @param id of the input; `${id}-docs` describes it */
export const FieldInput = ({ id, field, isWrong }: { id: string; field: Field; isWrong: boolean }) => {
  const attributes = {
    id,
    name: field.path,
    value: draft.value[field.path] ?? "",
    "aria-describedby": `${id}-docs`,
    "aria-required": field.required || undefined,
    "aria-invalid": isWrong || undefined,
  };
  const onInput = (event: { currentTarget: { value: string } }) => setText(field.path, event.currentTarget.value);
  switch (field.kind) {
    case "boolean":
    case "choice":
      return (
        <select {...attributes} onChange={onInput}>
          <option value="">not sent</option>
          {(field.choices ?? ["true", "false"]).map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    case "long":
    case "lines":
    case "json":
      return <textarea {...attributes} rows={field.kind === "long" ? 2 : 3} spellcheck={false} onInput={onInput} />;
    default:
      return (
        <>
          <input
            {...attributes}
            inputMode={field.kind === "integer" ? "numeric" : undefined}
            spellcheck={false}
            list={field.choices && `${id}-choices`}
            onInput={onInput}
          />
          {field.choices && (
            <datalist id={`${id}-choices`}>
              {field.choices.map((choice) => (
                <option key={choice} value={choice} />
              ))}
            </datalist>
          )}
        </>
      );
  }
};
