import type { Environment } from '../environment.ts';
import type { Connection, Engine, Lost, Opening } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { StorageError } from './errors.ts';
import { createLineage, type Lineage } from './lineage.ts';
import { openWithRetries } from './reopen.ts';

/** The one who opens. Nobody else calls `engine.open()` (F15). */
export interface Owner {
  readonly engine: Engine;
  /**
   * Opens, or joins the attempt under way. All callers get the same lasting connection: it outlives the engine's own,
   * which are dropped and reopened underneath it when they are lost. It ends when the data vanished or was superseded;
   * the next `open()` then gives a new one.
   */
  open(): Promise<Opening>;
  /**
   * Makes sure that the connection answers, and reopens it when it does not: after the back/forward cache it may be
   * dead without an event (F59), and a phone that wakes up may have lost it (F02).
   *
   * @throws StorageError when it can neither be used nor reopened
   */
  check(): Promise<void>;
  /**
   * Puts a fresh connection in place of the current one, once it is open: after a quota error some browsers write nothing
   * more on the old one (F24). Where none can be opened the old one stays, which can still be read.
   *
   * @returns what the opening said
   */
  renew(): Promise<Opening['kind']>;
  /** How many connections the engine has given so far. */
  generation(): number;
  /** A part of the page uses the storage. When the last one has let go, the connection is closed (F14). */
  retain(): () => void;
  /** Closes the connection, for the back/forward cache (F60). The next use opens again. */
  close(): void;
}

type Opened = Extract<Opening, { kind: 'open' }>;

const CHECK_DEADLINE_MS = 5_000;

/** Makes the owner of an engine's connections: one per origin and engine, outside of React. */
export function createOwner(engine: Engine, environment: Pick<Environment, 'clock' | 'random'>): Owner {
  let current: Connection | undefined;
  /** What the last opening had to say, until someone who called `open()` was told. */
  let news: Omit<Opened, 'connection' | 'kind'> = { created: false };
  let opening: Promise<Opening> | undefined;
  let lineage: Lineage | undefined;
  let generation = 0;
  let users = 0;

  const adopt = ({ kind: _, connection, ...told }: Opened): Connection => {
    current = connection;
    news = told;
    generation += 1;
    connection.onLost((why) => {
      const parting = why === 'closed' ? undefined : endLineage(why);
      if (!parting) return drop(connection);
      return parting.then(() => drop(connection));
    });
    // It was there before and now had to be made: never go on with an empty one in silence (F12, F42).
    if (told.created && generation > 1) endLineage('vanished');
    return connection;
  };

  /** Only this connection goes: a newer one, opened meanwhile for another caller, stays. */
  const drop = (connection: Connection): void => {
    if (current === connection) current = undefined;
    connection.close();
  };

  const endLineage = (why: Lost): Promise<unknown> | undefined => {
    const ended = lineage;
    lineage = undefined;
    return ended?.end(why);
  };

  const attempt = async (): Promise<Opening> => {
    const forget = () => {
      opening = undefined;
    };
    const outcome = await openWithRetries(engine, environment).catch((error) => {
      forget();
      throw error;
    });
    if (outcome.kind === 'blocked') {
      const unblocked = outcome.unblocked.then((connection) =>
        adopt({ kind: 'open', connection, created: false }),
      );
      unblocked.then(forget, forget);
      return { kind: 'blocked', unblocked };
    }
    if (outcome.kind === 'open') adopt(outcome);
    forget();
    return outcome;
  };

  /** Registered synchronously, before any await, so that no second attempt starts beside the first (F05). */
  const reach = (): Promise<Opening> => {
    if (current) return Promise.resolve({ kind: 'open', connection: current, ...news });
    opening ??= attempt();
    return opening;
  };

  const usable = async (): Promise<Connection> => {
    const outcome = await reach();
    if (outcome.kind === 'open') return outcome.connection;
    if (outcome.kind === 'blocked') return outcome.unblocked;
    if (outcome.kind === 'newer')
      throw new StorageError('newer', 'The database was made by a newer version of the app');
    throw outcome.error;
  };

  const close = (): void => {
    current?.close();
    current = undefined;
  };

  const lasting = (): Connection => {
    lineage ??= createLineage({ current: () => current, usable, drop, close });
    return lineage.connection;
  };

  return {
    engine,
    async open() {
      const outcome = await reach();
      if (outcome.kind === 'open') {
        news = { created: false };
        return { ...outcome, connection: lasting() };
      }
      if (outcome.kind !== 'blocked') return outcome;
      const unblocked = outcome.unblocked.then(lasting);
      // Whoever does not wait for it must not be told of its end as an unhandled rejection.
      unblocked.catch(() => {});
      return { kind: 'blocked', unblocked };
    },
    async check() {
      const connection = await usable();
      const isAlive = await withDeadline(
        environment.clock,
        connection.read(['head'], async () => true).catch(() => false),
        CHECK_DEADLINE_MS,
        () => false,
      );
      if (isAlive) return;
      drop(connection);
      await usable();
    },
    async renew() {
      const outcome = await engine.open();
      if (outcome.kind === 'open') {
        const old = current;
        adopt(outcome);
        if (old) drop(old);
      }
      if (outcome.kind === 'blocked')
        outcome.unblocked.then(
          (late) => late.close(),
          () => {},
        );
      return outcome.kind;
    },
    generation: () => generation,
    retain() {
      users += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        users -= 1;
        const closeUnused = () => {
          if (users === 0) close();
        };
        closeUnused();
        // Also what is still being opened for someone who has left.
        opening?.then(closeUnused, closeUnused);
      };
    },
    close,
  };
}
