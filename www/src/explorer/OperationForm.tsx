import { useMemo } from "preact/hooks";
import { bodyFields, type Field, pathFields } from "../contract/fields";
import { routeOf } from "../contract/operations";
import { Docs } from "./Docs";
import { FieldView } from "./FieldView";
import { clear, draft, errorAt, filled, fillIn, route, selected, send, setRoute } from "./state";
import { Upload } from "./Upload";

const repeats = {
  read: "It only reads: the client repeats it when the connection fails.",
  idempotent: "Twice does what once does: the client repeats it when the connection fails.",
  send: "Twice may do it twice: the client repeats it only where the server said that it did nothing.",
};

/** An operation as a form. */
export const OperationForm = () => {
  const { summary, docs, repeat, file, assumed } = selected.value;
  return (
    <form
      id="operation"
      class="panel operation"
      aria-label={summary}
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{summary}</h3>
      <p class="docs">
        <Docs text={docs} /> <span class="repeat">{repeats[repeat]}</span>
      </p>
      <div class="buttons">
        <button type="button" class="quiet" onClick={fillIn} hidden={file}>
          Fill in the example
        </button>
        <button type="button" class="quiet" onClick={clear}>
          Clear
        </button>
      </div>
      <Route assumed={assumed} />
      <Group title="In the path" fields={pathFields(selected.value)} />
      {file ? <Upload /> : <Group key={filled.value} title="In the body" fields={bodyFields(selected.value)} />}
    </form>
  );
};

/** The route, which can be another one for this account. */
const Route = ({ assumed }: { assumed: boolean }) => {
  const problem = errorAt(`routes.${selected.value.name}`);
  const isOther = route.value !== routeOf(selected.value);
  return (
    <div class="field route">
      <label for="route">
        Route <span class={assumed ? "mark assumed" : "mark"}>{assumed ? "assumed" : "published"}</span>
      </label>
      <input
        id="route"
        spellcheck={false}
        value={route.value}
        aria-describedby="route-docs"
        aria-invalid={problem ? true : undefined}
        onInput={(event) => setRoute(event.currentTarget.value)}
      />
      <p class="docs" id="route-docs">
        {problem ? (
          <span class="wrong">{problem}</span>
        ) : assumed ? (
          "The API's description names this operation, but its method and path have not reached us: they follow the pattern of the published ones. If yours differ, write them here."
        ) : (
          "As the API's description gives it."
        )}{" "}
        {isOther && (
          <button type="button" class="link" onClick={() => setRoute(routeOf(selected.value))}>
            Back to the default
          </button>
        )}
      </p>
    </div>
  );
};

const isShown = ({ path, required, kind }: Field) =>
  required || kind === "group" || kind === "list" || Boolean(draft.value[path]);

/** Fields under a heading: first what is filled in or must be, then the rest, which can stay folded. */
const Group = ({ title, fields }: { title: string; fields: Field[] }) =>
  fields.length === 0 ? null : (
    <fieldset class="group">
      <legend>{title}</legend>
      <Fields fields={fields} />
    </fieldset>
  );

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
