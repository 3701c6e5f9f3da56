interface Waiting {
  name: string;
  mode: LockMode;
  client: string;
  grant: (lock: Lock | null) => Promise<unknown>;
  refuse: (reason: unknown) => void;
}
interface Held extends Waiting {
  lost: (reason: unknown) => void;
}

const stolen = () => new DOMException('The lock was stolen.', 'AbortError');

/**
 * Web Locks for tabs that live in one process: exclusive and shared modes, first come first served, `ifAvailable`,
 * `steal`, `signal` and `query`, as the Web Locks specification has them. Each tab gets its own `LockManager`.
 */
export function createLockHub() {
  let held: Held[] = [];
  let queue: Waiting[] = [];

  const grantable = (wish: Waiting, before: readonly Waiting[]): boolean =>
    [...held, ...before].every(
      (other) => other.name !== wish.name || (other.mode === 'shared' && wish.mode === 'shared'),
    );

  function settleQueue(): void {
    for (const wish of [...queue]) {
      const before = queue.slice(0, queue.indexOf(wish));
      if (queue.includes(wish) && grantable(wish, before)) {
        queue = queue.filter((other) => other !== wish);
        hold(wish);
      }
    }
  }

  function hold(wish: Waiting): void {
    const entry: Held = { ...wish, lost: wish.refuse };
    held.push(entry);
    const free = () => {
      held = held.filter((other) => other !== entry);
      settleQueue();
    };
    // A task of its own: the callback never runs inside request() itself.
    void Promise.resolve()
      .then(() => wish.grant({ name: wish.name, mode: wish.mode }))
      .then(free, free);
  }

  function tab(client: string): LockManager & { kill(): void } {
    let dead = false;
    const request = (name: string, second: unknown, third?: unknown): Promise<unknown> => {
      const options = (third === undefined ? {} : second) as LockOptions;
      const callback = (third ?? second) as (lock: Lock | null) => unknown;
      return new Promise((resolve, reject) => {
        if (dead) return;
        const wish: Waiting = {
          name,
          mode: options.mode ?? 'exclusive',
          client,
          grant: async (lock) => {
            try {
              resolve(await callback(lock));
            } catch (error) {
              reject(error);
            }
          },
          refuse: reject,
        };
        if (options.signal?.aborted) return reject(options.signal.reason);
        options.signal?.addEventListener('abort', () => {
          if (!queue.includes(wish)) return;
          queue = queue.filter((other) => other !== wish);
          reject(options.signal?.reason);
          settleQueue();
        });
        if (options.steal) {
          for (const other of held.filter((entry) => entry.name === name)) other.lost(stolen());
          held = held.filter((other) => other.name !== name);
          hold(wish);
        } else if (options.ifAvailable && !grantable(wish, queue)) {
          void Promise.resolve().then(() => wish.grant(null));
        } else {
          queue.push(wish);
          settleQueue();
        }
      });
    };
    const info = ({ name, mode }: Waiting) => ({ name, mode, clientId: client });
    return {
      request: request as LockManager['request'],
      query: async () => ({
        held: held.map((entry) => ({ ...info(entry), clientId: entry.client })),
        pending: queue.map((entry) => ({ ...info(entry), clientId: entry.client })),
      }),
      /** The tab crashed: what it held is free, what it asked for is forgotten, and it asks for nothing more. */
      kill() {
        dead = true;
        held = held.filter((entry) => entry.client !== client);
        queue = queue.filter((entry) => entry.client !== client);
        settleQueue();
      },
    };
  }

  return { tab };
}

export type LockHub = ReturnType<typeof createLockHub>;
