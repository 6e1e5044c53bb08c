import { isBroken, lengthOf } from "../contract/draft";
import type { Field } from "../contract/fields";
import { Docs } from "./Docs";
import { Fields } from "./OperationForm";
import { draft, errorAt, removeItem, setText } from "./state";

/** A field of a request, with what is said of it beside it. */
export const FieldView = ({ field }: { field: Field }) => {
  if (field.kind === "group") return <GroupView field={field} />;
  if (field.kind === "list") return <ListView field={field} />;
  const id = `field-${field.path}`;
  const problem = errorAt(field.path) ?? (isBroken(field, draft.value) ? "This is no JSON object yet." : undefined);
  return (
    <div class="field">
      <label for={id}>
        <code>{field.name}</code>
        {field.required && <span class="required">required</span>}
        <span class="type">{field.type}</span>
      </label>
      <Input id={id} field={field} isWrong={problem !== undefined} />
      <p class="docs" id={`${id}-docs`}>
        <Docs text={field.docs} /> {problem && <span class="wrong">{problem}</span>}
      </p>
    </div>
  );
};

const Input = ({ id, field, isWrong }: { id: string; field: Field; isWrong: boolean }) => {
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

const Legend = ({ field }: { field: Field }) => (
  <legend>
    <code>{field.name}</code>
    {field.required && <span class="required">required</span>}
  </legend>
);

const GroupView = ({ field }: { field: Field }) => (
  <fieldset class="group inner">
    <Legend field={field} />
    <p class="docs">
      <Docs text={field.docs} />
    </p>
    <Fields fields={field.fields ?? []} />
  </fieldset>
);

const ListView = ({ field }: { field: Field }) => {
  const length = lengthOf(field, draft.value);
  return (
    <fieldset class="group inner">
      <Legend field={field} />
      <p class="docs">
        <Docs text={field.docs} />
      </p>
      {Array.from({ length }, (_, index) => {
        const item = field.item!(index);
        return (
          <fieldset class="group inner" key={item.path}>
            <legend>
              <code>{item.name}</code>
            </legend>
            <Fields fields={item.fields ?? []} />
            <button type="button" class="quiet" onClick={() => removeItem(field.path, index)}>
              Remove {item.name}
            </button>
          </fieldset>
        );
      })}
      <button type="button" class="quiet" onClick={() => setText(field.path, String(length + 1))}>
        Add to {field.name}
      </button>
    </fieldset>
  );
};
