import type { Connection, Kind, Lost, LostListener, Write, Writer } from './contract.ts';
import { isOfClass, StorageError } from './errors.ts';

/** A life of the data as seen from this page: lost connections do not end it, lost data does. */
export interface Lineage {
  connection: Connection;
  /** @returns what listeners still have to do; until then it can be used */
  end(why: Lost): Promise<unknown> | undefined;
}

export interface Source {
  current(): Connection | undefined;
  /** The current connection, or a new one; all callers share the opening. @throws StorageError */
  usable(): Promise<Connection>;
  drop(connection: Connection): void;
  close(): void;
}

/** Makes a connection that is reopened underneath whoever uses it. */
export function createLineage(source: Source): Lineage {
  const listeners = new Set<LostListener>();
  let lost: Lost | undefined;

  const check = () => {
    if (lost) throw new StorageError(lost === 'superseded' ? 'newer' : 'vanished', `The data was ${lost}`);
  };

  /**
   * Runs a task. When its *connection* is lost: drops that very one, reopens at once, and runs the task once more (F02,
   * F03). Anything else, an unreadable value on a live connection above all, goes to the caller and reopens nothing.
   */
  const run = async <T>(task: (connection: Connection) => Promise<T>): Promise<T> => {
    check();
    const first = source.current() ?? (await source.usable());
    check();
    try {
      return await task(first);
    } catch (error) {
      if (!isLost(error)) throw error;
      source.drop(first);
      if (error.isUncertain) throw error;
    }
    const second = await source.usable();
    check();
    try {
      return await task(second);
    } catch (error) {
      if (isLost(error)) source.drop(second);
      throw error;
    }
  };

  return {
    connection: {
      read: (kinds, body) => run((connection) => connection.read(kinds, body)),
      write<T>(kinds: readonly Kind[], body: (writer: Writer) => Promise<T>): Write<T> {
        let attempt: Write<T> | undefined;
        let gaveUp: StorageError | undefined;
        const done = run((connection) => {
          if (gaveUp) throw gaveUp;
          attempt = connection.write(kinds, body);
          return attempt.done;
        });
        return {
          done,
          async abort() {
            gaveUp = new StorageError('transient', 'The transaction was given up');
            return attempt ? attempt.abort() : 'aborted';
          },
        };
      },
      onLost(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: source.close,
    },
    end(why) {
      // Listeners first: what they write now still goes to the connection that is about to close (F07).
      const partings = [...listeners]
        .map((listener) => listener(why))
        .filter((parting) => parting instanceof Promise);
      if (partings.length === 0) {
        lost = why;
        return undefined;
      }
      return Promise.allSettled(partings).then(() => {
        lost = why;
      });
    },
  };
}

function isLost(error: unknown): error is StorageError {
  return isOfClass(error, 'connection');
}
