// Fields within fields: an object's own, and a list's items, are fields again.
import { useMemo } from "preact/hooks";
import { isBroken, lengthOf } from "../contract/draft.ts";
import type { Field } from "../contract/fields.ts";
import { Docs } from "./Docs.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { draft, errorAt, removeItem, setText } from "./form-state.ts";

const isShown = ({ path, required, kind }: Field) =>
  required || kind === "group" || kind === "list" || Boolean(draft.value[path]);

/** First the fields that are filled in or must be, then the others, which can stay folded. */
export const Fields = ({ fields }: { fields: Field[] }) => {
  // Once for all: a field that is being filled in must not move from under the hand.
  const shown = useMemo(() => fields.filter(isShown).map(({ path }) => path), []);
  const rest = fields.filter(({ path }) => !shown.includes(path));
  return (
    <>
      {fields
        .filter(({ path }) => shown.includes(path))
        .map((field) => (
          <FieldView key={field.path} field={field} />
        ))}
      {rest.length > 0 && (
        <details class="more">
          <summary>{rest.length} more, optional</summary>
          {rest.map((field) => (
            <FieldView key={field.path} field={field} />
          ))}
        </details>
      )}
    </>
  );
};

/** A field of a request, with what is said of it beside it. */
const FieldView = ({ field }: { field: Field }) => {
  if (field.kind === "group") return <GroupView field={field} />;
  if (field.kind === "list") return <ListView field={field} />;
  const id = `field-${field.path}`;
  const problem = errorAt(field.path) ?? (isBroken(field, draft.value) ? "This is not a JSON object yet." : undefined);
  return (
    <div class="field">
      <label for={id}>
        <code>{field.name}</code>
        {field.required && <span class="required">required</span>}
        <span class="type">{field.type}</span>
      </label>
      <FieldInput id={id} field={field} isWrong={problem !== undefined} />
      <p class="docs" id={`${id}-docs`}>
        <Docs text={field.docs} /> {problem && <span class="wrong">{problem}</span>}
      </p>
    </div>
  );
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
