// Durable Objects in this process: SQLite in memory, and alarms that ring when whoever has the clock lets them.
import initSqlJs, { type Database } from "sql.js";
import type { ObjectContext, ObjectNamespace, Row, SqlValue, Storage } from "../../relay/outbox/host.ts";

const SQL = await initSqlJs();

/** As many alarms at one moment are an object that never comes to rest. */
const MOST_ALARMS = 1000;

/** The objects of a namespace. */
export interface VirtualObject {
  fetch(request: Pick<Request, "url" | "text">): Promise<Response>;
  alarm(): Promise<void>;
}

export interface VirtualObjects {
  readonly namespace: ObjectNamespace;
  /** When the next alarm rings; undefined while none is set. */
  next(): number | undefined;
  /** Lets all alarms ring that are due, until none is. */
  settle(): Promise<void>;
  /** Asks an object's database, whose name is a listener's id. */
  query(name: string, query: string, ...values: SqlValue[]): Row[];
  /** The processes end: what was not committed is gone, and objects are made anew by this function when they are asked. */
  restart(create: (context: ObjectContext) => VirtualObject): void;
}

interface Place {
  db: Database;
  isDirty: boolean;
  alarmAt: number | undefined;
  object: VirtualObject | undefined;
}

/**
 * @param now the clock
 * @param create makes an object on its storage
 */
export const createVirtualObjects = (
  now: () => number,
  create: (context: ObjectContext) => VirtualObject,
): VirtualObjects => {
  const places = new Map<string, Place>();
  const told = new Set<Promise<unknown>>();
  let make = create;

  const placeOf = (name: string): Place => {
    const known = places.get(name);
    if (known) return known;
    const place: Place = { db: new SQL.Database(), isDirty: false, alarmAt: undefined, object: undefined };
    places.set(name, place);
    return place;
  };

  const waitUntil = (promise: Promise<unknown>): void => {
    told.add(promise);
    void promise.finally(() => told.delete(promise));
  };

  const live = (name: string): VirtualObject => {
    const place = placeOf(name);
    place.object ??= make({ storage: storageOf(place), waitUntil });
    return place.object;
  };

  const due = (): [string, Place] | undefined =>
    [...places].find(([, { alarmAt }]) => alarmAt !== undefined && alarmAt <= now());

  const settle = async (): Promise<void> => {
    for (let alarms = 0; ; alarms += 1) {
      if (alarms > MOST_ALARMS) throw new Error("The alarms never end.");
      const next = due();
      if (next) {
        const [name, place] = next;
        place.alarmAt = undefined;
        await live(name).alarm();
      } else if (told.size > 0) await Promise.all(told);
      else return;
    }
  };

  return {
    namespace: {
      idFromName: (name) => ({ name }),
      get: ({ name }: { name: string }) => ({
        fetch: async (url, init) => live(name).fetch({ url, text: async () => String(init?.body) }),
      }),
    },
    next: () => {
      const times = [...places.values()].flatMap(({ alarmAt }) => alarmAt ?? []);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    settle,
    query: (name, query, ...values) => run(placeOf(name).db, query, values),
    restart(create) {
      make = create;
      for (const place of places.values()) {
        if (place.isDirty) place.db.run("ROLLBACK");
        place.isDirty = false;
        place.object = undefined;
        // An object whose alarm was due, or that has none, begins when it is asked.
      }
    },
  };
};

/** Everything that `action` writes is there as a whole, or not at all, whatever the transaction around it comes to. */
export const inSavepoint = <Value>(db: Database, action: () => Value): Value => {
  db.run("SAVEPOINT step");
  try {
    const value = action();
    db.run("RELEASE step");
    return value;
  } catch (error) {
    db.run("ROLLBACK TO step");
    db.run("RELEASE step");
    throw error;
  }
};

const run = (db: Database, query: string, values: readonly SqlValue[]): Row[] => {
  if (values.length === 0 && query.trimEnd().slice(0, -1).includes(";")) {
    db.run(query);
    return [];
  }
  const statement = db.prepare(query);
  try {
    statement.bind([...values]);
    const rows: Row[] = [];
    while (statement.step()) rows.push(statement.getAsObject() as Row);
    return rows;
  } finally {
    statement.free();
  }
};

const WRITE = /^\s*(INSERT|UPDATE|DELETE|CREATE|ALTER)/i;

const storageOf = (place: Place): Storage => {
  const { db } = place;
  const begin = (): void => {
    if (!place.isDirty) db.run("BEGIN");
    place.isDirty = true;
  };
  return {
    sql: {
      exec(query, ...values) {
        if (WRITE.test(query)) begin();
        const rows = run(db, query, values);
        return { toArray: () => rows };
      },
    },
    transactionSync(action) {
      begin();
      return inSavepoint(db, action);
    },
    async sync() {
      if (place.isDirty) db.run("COMMIT");
      place.isDirty = false;
    },
    async setAlarm(at) {
      place.alarmAt = at;
    },
  };
};
