import { bodyFields, type Field, pathFields } from "../contract/fields.ts";
import { routeOf } from "../contract/operations.ts";
import { Docs } from "./Docs.tsx";
import { described } from "./description.ts";
import { Fields } from "./Fields.tsx";
import { clear, errorAt, filled, fillIn, route, selected, send, setRoute } from "./form-state.ts";
import { Mark } from "./Mark.tsx";
import { Upload } from "./Upload.tsx";

const repeats = {
  read: "It only reads: the client repeats it when the connection fails.",
  idempotent: "Twice does what once does: the client repeats it when the connection fails.",
  send: "Twice may do it twice: the client repeats it only where the server said that it did nothing.",
};

/** An operation as a form. */
export const OperationForm = () => {
  const { name, summary, docs, repeat, file } = selected.value;
  const assumed = selected.value.assumed && !described.value.has(name);
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
        Route <Mark assumed={assumed} />
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
          "The API's description names this operation, but its method and path have not reached us: they follow the pattern of the published ones. If yours differ, write them here, or drop the API's own description beside the operations."
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

/** Fields under a heading. */
const Group = ({ title, fields }: { title: string; fields: Field[] }) =>
  fields.length === 0 ? null : (
    <fieldset class="group">
      <legend>{title}</legend>
      <Fields fields={fields} />
    </fieldset>
  );
