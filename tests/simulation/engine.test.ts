import { describe, expect, test } from 'vitest';
import type { Connection, Opening } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { connectionDiesAt, diskFull, FAULT_KINDS, faultAt, type QuotaShape } from './faults/rules.ts';
import type { Rule } from './faults/step.ts';
import { DATABASE, type Ending, type Tab, World } from './world/world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function open(tab: Tab, version?: number): Promise<Opening> {
  return createIndexedDbEngine(tab.environment, DATABASE, version === undefined ? {} : { version }).open();
}

async function connect(tab: Tab): Promise<Connection> {
  const opening = await open(tab);
  if (opening.kind !== 'open') throw new StorageError('connection', opening.kind);
  return opening.connection;
}

/** One commit as a vault makes it: two places, one transaction. */
function write(connection: Connection, text: string) {
  return connection.write(['log', 'head'], async (writer) => {
    await writer.get('head', 'head');
    writer.add('log', [1, 0], bytes(text));
    writer.put('head', 'head', bytes(text));
  });
}

function classOf(ending: Ending<unknown>): string | undefined {
  return ending.kind === 'rejected' && ending.error instanceof StorageError ? ending.error.class : undefined;
}

/** Both places or neither; which. */
async function landed(world: World): Promise<boolean> {
  const dump = await world.dump();
  const [log, head] = [(dump.log ?? []).length, (dump.head ?? []).length];
  expect([log, head]).toEqual(log === 0 ? [0, 0] : [1, 1]);
  return log > 0;
}

describe('opening, with a fault at every step', () => {
  test('[I13] [F54] every open ends in finite time with an answer, and nothing is ever deleted', async () => {
    for (const kind of FAULT_KINDS) {
      for (const errorName of kind.startsWith('E') ? ['UnknownError', 'AbortError', 'SecurityError'] : ['']) {
        for (let n = 1; ; n += 1) {
          const world = new World();
          const rule = faultAt(n, kind, errorName || undefined);
          world.steps.rule = rule;
          const tab = world.tab();
          const ending = await world.settle(open(tab), tab);
          if (!rule.struck()) break;
          expect([`${kind} at ${n}`, ending.kind]).toEqual([
            `${kind} at ${n}`,
            kind === 'C' ? 'crashed' : 'resolved',
          ]);
          expect(world.steps.trace.join('\n')).not.toContain('deleteDatabase');
          // The next visit, without the fault, opens.
          world.steps.rule = undefined;
          tab.kill();
          const next = world.tab();
          expect(await world.settle(open(next), next)).toMatchObject({ value: { kind: 'open' } });
        }
      }
    }
  });

  test('[F01] [F18] a backing store that does not open is broken, of class connection, and stays in place', async () => {
    const world = new World();
    const tab = world.tab();
    const connection = await connect(tab);
    await world.settle(write(connection, 'kept').done, tab);
    connection.close();
    world.steps.rule = (step) => (step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : undefined);
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await world.settle(open(tab), tab)).toMatchObject({
        value: { kind: 'broken', error: { class: 'connection' } },
      });
    }
    world.steps.rule = undefined;
    const again = connect(tab).then((opened) =>
      opened.read(['head'], (reader) => reader.get('head', 'head')),
    );
    expect(await world.settle(again, tab)).toEqual({ kind: 'resolved', value: bytes('kept') });
  });

  test('[F04] blocked is an answer, and waiting for the other tab ends', async () => {
    const world = new World();
    const old = world.tab();
    // A tab that does not let go: a raw connection without a versionchange listener.
    await new Promise((resolve) => {
      const request = old.environment.indexedDB?.()?.open(DATABASE, 1);
      request?.addEventListener('success', resolve);
    });
    const tab = world.tab();
    const ending = await world.settle(open(tab, 2), tab);
    expect(ending).toMatchObject({ value: { kind: 'blocked' } });
    if (ending.kind !== 'resolved' || ending.value.kind !== 'blocked') return;
    expect(classOf(await world.settle(ending.value.unblocked, tab, 120_000))).toBe('blocked');
  });

  test('[F05] a tab that is never told that it is blocked still gets an answer', async () => {
    const world = new World();
    const old = world.tab();
    await new Promise((resolve) => {
      old.environment.indexedDB?.()?.open(DATABASE, 1).addEventListener('success', resolve);
    });
    world.steps.rule = (step) => (step.kind === 'blocked' ? { kind: 'hang' } : undefined);
    const tab = world.tab();
    expect(await world.settle(open(tab, 2), tab)).toMatchObject({
      value: { kind: 'broken', error: { class: 'blocked' } },
    });
  });

  test('[F06] a success that comes after we gave up is closed, and blocks nobody', async () => {
    const world = new World();
    const old = world.tab();
    await new Promise((resolve) => {
      old.environment.indexedDB?.()?.open(DATABASE, 1).addEventListener('success', resolve);
    });
    world.steps.rule = (step) => (step.kind === 'blocked' ? { kind: 'hang' } : undefined);
    const tab = world.tab();
    await world.settle(open(tab, 2), tab);
    world.steps.rule = undefined;
    old.kill();
    await world.quiet();
    expect(tab.factory.connections).toEqual([]);
    const next = world.tab();
    expect(await world.settle(open(next, 3), next)).toMatchObject({ value: { kind: 'open' } });
  });

  test('[F07] an upgrade elsewhere closes our connection and tells us that we are superseded', async () => {
    const world = new World();
    const tab = world.tab();
    const connection = await connect(tab);
    const why: string[] = [];
    connection.onLost((reason) => why.push(reason));
    const newer = world.tab();
    expect(await world.settle(open(newer, 2), newer)).toMatchObject({ value: { kind: 'open' } });
    expect(why).toEqual(['superseded']);
    expect(classOf(await world.settle(write(connection, 'late').done, tab))).toBe('connection');
    expect(await landed(world)).toBe(false);
  });

  test('[F08] [F56] older code on a newer database is told so, and writes nothing', async () => {
    const world = new World();
    const newer = world.tab();
    await world.settle(open(newer, 2), newer);
    const before = await world.dump();
    const older = world.tab();
    expect(await world.settle(open(older, 1), older)).toEqual({ kind: 'resolved', value: { kind: 'newer' } });
    expect(await world.dump()).toEqual(before);
  });

  test('[F10] an open that hangs is answered at its deadline', async () => {
    const world = new World();
    world.steps.rule = (step) => (step.kind === 'open' ? { kind: 'hang' } : undefined);
    const tab = world.tab();
    expect(await world.settle(open(tab), tab, 10_000)).toMatchObject({
      value: { kind: 'broken', error: { class: 'blocked' } },
    });
  });

  test('[F12] a database that is cleared underneath us is vanished, not closed', async () => {
    const world = new World();
    const tab = world.tab();
    const connection = await connect(tab);
    const lost = new Promise<string>((resolve) => connection.onLost(resolve));
    await world.evict([tab]);
    expect(await world.settle(lost, tab)).toEqual({ kind: 'resolved', value: 'vanished' });
  });

  test('[F16] a factory that may not even be looked at is denied', async () => {
    const world = new World();
    const tab = world.tab();
    const environment = {
      ...tab.environment,
      indexedDB: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    };
    const opening = createIndexedDbEngine(environment, DATABASE).open();
    expect(await world.settle(opening, tab)).toMatchObject({ value: { kind: 'denied' } });
  });

  test('[F42] databases() that fails before an open is a warning that is handed on', async () => {
    const world = new World();
    world.steps.rule = (step) =>
      step.kind === 'databases' ? { kind: 'error', name: 'UnknownError' } : undefined;
    const tab = world.tab();
    expect(await world.settle(open(tab), tab)).toMatchObject({
      value: { kind: 'open', created: true, warning: { class: 'connection' } },
    });
    const kinds = world.steps.trace.map((line) => line.split(' ')[2]);
    expect(kinds.indexOf('databases')).toBeLessThan(kinds.indexOf('open'));
  });
});

/** The first step of the write in an undisturbed run, and the number of steps until it is acknowledged. */
async function stepsOfWrite(): Promise<{ first: number; last: number }> {
  const world = new World();
  const tab = world.tab();
  const connection = await connect(tab);
  const first = world.steps.count + 1;
  await world.settle(write(connection, 'new').done, tab);
  return { first, last: world.steps.count };
}

async function writeUnder(rule: Rule, world: World, tab: Tab) {
  const connection = await connect(tab);
  world.steps.rule = rule;
  const under = write(connection, 'new');
  const ending = await world.settle(under.done, tab);
  // The deadline of the caller: what does not answer is given up.
  const abort = ending.kind === 'pending' ? await world.settle(under.abort(), tab) : undefined;
  world.steps.rule = undefined;
  return { ending, abort };
}

describe('one write, with a fault at every step', () => {
  test('[I1] [I2] resolved means landed; transient and capacity mean that nothing did; never half', async () => {
    const { first, last } = await stepsOfWrite();
    expect(last - first).toBeGreaterThanOrEqual(8);
    for (const kind of FAULT_KINDS) {
      const names = kind.startsWith('E')
        ? [undefined, 'UnknownError', 'QuotaExceededError', 'AbortError']
        : [undefined];
      for (const name of names) {
        for (let n = first; n <= last; n += 1) {
          const world = new World();
          const tab = world.tab();
          const point = `${kind} ${name ?? ''} at ${n}`;
          const { ending, abort } = await writeUnder(faultAt(n, kind, name), world, tab);
          const isThere = await landed(world);
          if (ending.kind === 'resolved') expect([point, isThere]).toEqual([point, true]);
          // In place of `complete` an error leaves it open what happened: `connection` says so.
          if (['transient', 'capacity'].includes(classOf(ending) ?? '') && kind !== 'C') {
            const isLostAnswer = world.steps.trace[n - 1]?.includes(' complete ') ?? false;
            if (!isLostAnswer) expect([point, isThere]).toEqual([point, false]);
          }
          if (abort?.kind === 'resolved') expect([point, isThere]).toEqual([point, abort.value === 'landed']);
        }
      }
    }
  });

  test.each(['request', 'abort', 'data-error'] satisfies QuotaShape[])(
    '[F19] [F23] [I14] a full disk that shows itself as %s is capacity, and nothing landed',
    async (shape) => {
      const world = new World();
      const tab = world.tab();
      const { ending } = await writeUnder(diskFull(shape), world, tab);
      expect(classOf(ending)).toBe('capacity');
      expect(await landed(world)).toBe(false);
    },
  );

  test('[F02] [F03] a connection that dies at any step of a write is of class connection, not transient', async () => {
    const { first, last } = await stepsOfWrite();
    for (let n = first; n <= last; n += 1) {
      const world = new World();
      const tab = world.tab();
      const { ending } = await writeUnder(connectionDiesAt(n), world, tab);
      expect([n, classOf(ending)]).toEqual([n, 'connection']);
    }
  });

  test('[F13] giving up on a write that hangs proves that it did not land, and the next one passes', async () => {
    const { first, last } = await stepsOfWrite();
    for (let n = first; n < last; n += 1) {
      const world = new World();
      const tab = world.tab();
      const { ending, abort } = await writeUnder(faultAt(n, 'H'), world, tab);
      expect([n, ending.kind, abort]).toEqual([n, 'pending', { kind: 'resolved', value: 'aborted' }]);
      expect(await landed(world)).toBe(false);
      const again = connect(tab).then((connection) => write(connection, 'new').done);
      expect(await world.settle(again, tab)).toMatchObject({ kind: 'resolved' });
    }
  });

  test('[F33] a power cut after the acknowledgement takes nothing', async () => {
    const world = new World();
    const tab = world.tab();
    const connection = await connect(tab);
    await world.settle(write(connection, 'new').done, tab);
    expect(await world.losePower([tab])).toBe(0);
    expect(await landed(world)).toBe(true);
  });
});
