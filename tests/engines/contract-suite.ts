import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection, Durability, Engine, Key, KeyRange } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';

/** What a test can do to one place where an engine keeps its bytes. */
export interface Place {
  /** An engine over this place: another call is another tab. */
  engine(): Engine;
  /** Puts something where no engine would put it. */
  plant(kind: 'marks', key: string, value: unknown): Promise<void>;
}

export interface Traits {
  name: Engine['name'];
  durability: Durability;
  /** The platform commits by itself when the body waits for something foreign. */
  commitsEarly: boolean;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (value: unknown) =>
  value instanceof Uint8Array
    ? new TextDecoder().decode(value)
    : value === undefined
      ? undefined
      : 'no bytes';

const opened = new Set<Connection>();

export async function connect(engine: Engine): Promise<Connection> {
  const opening = await engine.open();
  if (opening.kind !== 'open') throw new Error(`expected an open engine, got ${opening.kind}`);
  opened.add(opening.connection);
  return opening.connection;
}

const read = async (connection: Connection, kind: 'log' | 'head' | 'marks', key: Key) =>
  textOf(await connection.read([kind], (reader) => reader.get(kind, key)));

/** The engine contract, for any engine: run it over each implementation, with a factory of empty places. */
export function testEngineContract(traits: Traits, empty: () => Place | Promise<Place>): void {
  describe(`the engine contract on ${traits.name}`, () => {
    let place: Place;
    let connection: Connection;

    beforeEach(async () => {
      place = await empty();
      connection = await connect(place.engine());
    });
    afterEach(() => {
      for (const each of opened) each.close();
      opened.clear();
    });

    test('it says what it is', () => {
      expect(place.engine()).toMatchObject({ name: traits.name, durability: traits.durability });
    });

    test('what is written is there for another tab, byte for byte', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, at) => at);
      await connection.write(['log', 'head'], async (writer) => {
        writer.add('log', [1, 0], all);
        writer.put('head', 'head', bytes('1'));
      }).done;
      const other = await connect(place.engine());
      expect(await other.read(['log'], (reader) => reader.get('log', [1, 0]))).toEqual(all);
      expect(await read(other, 'head', 'head')).toBe('1');
    });

    test('a second open finds what the first created', async () => {
      const again = await place.engine().open();
      expect(again).toMatchObject({ kind: 'open', created: false });
      if (again.kind === 'open') opened.add(again.connection);
    });

    test('an absent value is undefined, no keys and no entries', async () => {
      expect(
        await connection.read(['log', 'marks'], async (reader) => [
          await reader.get('log', [1, 0]),
          await reader.keys('log'),
          await reader.entries('marks'),
        ]),
      ).toEqual([undefined, [], []]);
    });

    test('done gives what the body gave, once it is written', async () => {
      const write = connection.write(['head'], async (writer) => {
        writer.put('head', 'head', bytes('7'));
        return textOf(await writer.get('head', 'head'));
      });
      expect(await write.done).toBe('7');
      expect(await write.abort()).toBe('landed');
    });

    test('a batch over several places lands whole', async () => {
      await connection.write(['log', 'head', 'marks', 'quarantine', 'snapshots'], async (writer) => {
        writer.add('log', [1, 0], bytes('a'));
        writer.add('log', [1, 1], bytes('b'));
        writer.put('head', 'head', bytes('c'));
        writer.put('marks', 'm', bytes('d'));
        writer.put('quarantine', 'q', bytes('e'));
        writer.put('snapshots', [1, 0], bytes('f'));
      }).done;
      const found = await connection.read(
        ['log', 'head', 'marks', 'quarantine', 'snapshots'],
        async (reader) => [
          ...(await reader.entries('log')),
          ...(await reader.entries('head')),
          ...(await reader.entries('marks')),
          ...(await reader.entries('quarantine')),
          ...(await reader.entries('snapshots')),
        ],
      );
      expect(found.map((entry) => ('value' in entry ? textOf(entry.value) : 'unreadable')).join('')).toBe(
        'abcdef',
      );
    });

    test('a write of nothing lands', async () => {
      expect(await connection.write(['head'], async () => 'nothing').done).toBe('nothing');
    });

    test('a body that throws leaves nothing behind, and its own error comes out', async () => {
      const mistake = new RangeError('mine');
      const write = connection.write(['log', 'head'], async (writer) => {
        writer.add('log', [1, 0], bytes('a'));
        writer.put('head', 'head', bytes('1'));
        await writer.get('head', 'head');
        throw mistake;
      });
      await expect(write.done).rejects.toBe(mistake);
      expect(await write.abort()).toBe('aborted');
      expect(
        await connection.read(['log', 'head'], async (reader) => [
          await reader.keys('log'),
          await reader.keys('head'),
        ]),
      ).toEqual([[], []]);
    });

    test('add refuses a taken key, and all that came with it', async () => {
      await connection.write(['log'], async (writer) => writer.add('log', [1, 0], bytes('first'))).done;
      const second = connection.write(['log', 'head'], async (writer) => {
        writer.put('head', 'head', bytes('2'));
        writer.add('log', [1, 0], bytes('second'));
      });
      await expect(second.done).rejects.toMatchObject({
        class: 'programmer',
        platformName: 'ConstraintError',
      });
      expect([await read(connection, 'log', [1, 0]), await read(connection, 'head', 'head')]).toEqual([
        'first',
        undefined,
      ]);
    });

    test('a transaction sees its own writes and deletes', async () => {
      await connection.write(['marks'], async (writer) => {
        writer.put('marks', 'a', bytes('old'));
        writer.put('marks', 'b', bytes('old'));
      }).done;
      const seen = await connection.write(['marks'], async (writer) => {
        writer.delete('marks', 'a');
        writer.put('marks', 'b', bytes('new'));
        writer.add('marks', 'c', bytes('new'));
        writer.add('marks', 'a', bytes('again'));
        return (await writer.entries('marks')).map((entry) => [
          entry.key,
          'value' in entry && textOf(entry.value),
        ]);
      }).done;
      expect(seen).toEqual([
        ['a', 'again'],
        ['b', 'new'],
        ['c', 'new'],
      ]);
    });

    test('deletes land, and deleting what is not there is nothing', async () => {
      await connection.write(['marks'], async (writer) => writer.put('marks', 'a', bytes('x'))).done;
      await connection.write(['marks'], async (writer) => {
        writer.delete('marks', 'a');
        writer.delete('marks', 'never');
      }).done;
      expect(await connection.read(['marks'], (reader) => reader.keys('marks'))).toEqual([]);
    });

    test('keys come in order: by number, not by text; strings by code unit', async () => {
      await connection.write(['log', 'marks'], async (writer) => {
        for (const key of [
          [10, 0],
          [9, 1],
          [2, 0],
          [9, 0],
          [1, 11],
          [1, 2],
        ] as const)
          writer.add('log', key, bytes('x'));
        for (const key of ['b', 'a', 'B', '~', 'ä', '\u{1F600}', '\uFFFF'])
          writer.put('marks', key, bytes('x'));
      }).done;
      expect(await connection.read(['log'], (reader) => reader.keys('log'))).toEqual([
        [1, 2],
        [1, 11],
        [2, 0],
        [9, 0],
        [9, 1],
        [10, 0],
      ]);
      expect(await connection.read(['marks'], (reader) => reader.keys('marks'))).toEqual([
        'B',
        'a',
        'b',
        '~',
        'ä',
        '\u{1F600}',
        '\uFFFF',
      ]);
    });

    test('many values come whole and in order, with a range and without', async () => {
      await connection.write(['log'], async (writer) => {
        for (let seq = 150; seq >= 1; seq--) writer.add('log', [seq, 0], bytes(String(seq)));
      }).done;
      const readAll = (range?: KeyRange) =>
        connection.read(['log'], (reader) => reader.entries('log', range));
      const wanted = (from: number, to: number) =>
        Array.from({ length: to - from + 1 }, (_, i) => ({
          key: [from + i, 0],
          value: bytes(String(from + i)),
        }));
      expect(await readAll()).toEqual(wanted(1, 150));
      expect(await readAll({ from: [11, 0], to: [119, 9] })).toEqual(wanted(11, 119));
    });

    test('a range holds both its ends, for keys and for entries', async () => {
      await connection.write(['log'], async (writer) => {
        for (const seq of [1, 2, 3, 4, 5]) writer.add('log', [seq, 0], bytes(String(seq)));
      }).done;
      const range = { from: [2, 0], to: [4, 0] } as const;
      expect(await connection.read(['log'], (reader) => reader.keys('log', range))).toEqual([
        [2, 0],
        [3, 0],
        [4, 0],
      ]);
      const entries = await connection.read(['log'], (reader) => reader.entries('log', range));
      expect(entries.map((entry) => 'value' in entry && textOf(entry.value))).toEqual(['2', '3', '4']);
    });

    test('what is handed in or out is a copy', async () => {
      const mine = bytes('mine');
      await connection.write(['marks'], async (writer) => {
        writer.put('marks', 'a', mine);
        mine.fill(0);
      }).done;
      const found = await connection.read(['marks'], (reader) => reader.get('marks', 'a'));
      if (found instanceof Uint8Array) found.fill(1);
      expect(await read(connection, 'marks', 'a')).toBe('mine');
    });

    test('writers that overlap run one after the other, across tabs', async () => {
      const other = await connect(place.engine());
      const count = (tab: Connection) =>
        tab.write(['head'], async (writer) => {
          const now = Number(textOf(await writer.get('head', 'head')) ?? 0);
          writer.put('head', 'head', bytes(String(now + 1)));
        }).done;
      await Promise.all(Array.from({ length: 20 }, (_, at) => count(at % 2 ? connection : other)));
      expect(await read(connection, 'head', 'head')).toBe('20');
    });

    test('a read sees all of a commit or nothing of it', async () => {
      const other = await connect(place.engine());
      const write = (value: string) =>
        connection.write(['log', 'head'], async (writer) => {
          writer.put('log', [1, 0], bytes(value));
          await writer.get('log', [1, 0]);
          writer.put('head', 'head', bytes(value));
        }).done;
      const pair = () =>
        other.read(['log', 'head'], async (reader) => {
          const first = textOf(await reader.get('log', [1, 0]));
          return [first, textOf(await reader.get('head', 'head'))];
        });
      const work = [write('1'), pair(), write('2'), pair(), write('3'), pair()];
      for (const result of await Promise.all(work)) if (result) expect(result[0]).toBe(result[1]);
      expect(await pair()).toEqual(['3', '3']);
    });

    test('abort in mid-way proves that nothing landed', async () => {
      let reached = () => {};
      const midway = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const write = connection.write(['log', 'head'], async (writer) => {
        writer.add('log', [1, 0], bytes('a'));
        await writer.get('log', [1, 0]);
        reached();
        for (let at = 0; at < 1_000; at += 1) {
          writer.put('head', 'head', bytes(String(at)));
          await writer.get('head', 'head');
        }
      });
      await midway;
      const proof = write.abort();
      await expect(write.done).rejects.toMatchObject({ class: 'transient' });
      expect(await proof).toBe('aborted');
      expect([await read(connection, 'log', [1, 0]), await read(connection, 'head', 'head')]).toEqual([
        undefined,
        undefined,
      ]);
    });

    test('whenever abort comes, its proof is what another tab finds', async () => {
      const other = await connect(place.engine());
      const proofs = new Set<string>();
      for (let moment = 0; moment < 40; moment += 1) {
        const mark = `at ${moment}`;
        const write = connection.write(['marks', 'head'], async (writer) => {
          writer.put('marks', mark, bytes('x'));
          await writer.get('marks', mark);
          writer.put('head', 'head', bytes(mark));
        });
        const outcome = write.done.then(
          () => 'landed',
          () => 'aborted',
        );
        // Half of the moments are within a task, half between tasks.
        for (let step = 0; step < moment % 20; step += 1) {
          if (moment < 20) await Promise.resolve();
          else await new Promise((resolve) => setTimeout(resolve, 0));
        }
        const proof = await write.abort();
        proofs.add(proof);
        expect([mark, proof]).toEqual([mark, await outcome]);
        const found = await read(other, 'marks', mark);
        expect([mark, found]).toEqual([mark, proof === 'landed' ? 'x' : undefined]);
        if (proof === 'aborted') expect(await read(other, 'head', 'head')).not.toBe(mark);
      }
      expect([...proofs].sort()).toEqual(['aborted', 'landed']);
    });

    test('abort before anything began proves it too, and the next write goes on', async () => {
      const write = connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('1')));
      expect(await write.abort()).toBe('aborted');
      await expect(write.done).rejects.toBeInstanceOf(StorageError);
      await connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('2'))).done;
      expect(await read(connection, 'head', 'head')).toBe('2');
    });

    test('a place outside of the transaction is refused, whatever the body makes of it', async () => {
      const write = connection.write(['head'], async (writer) => {
        writer.put('head', 'head', bytes('1'));
        try {
          writer.put('log', [1, 0], bytes('x'));
        } catch {
          // A body that hides it does not make it good.
        }
      });
      await expect(write.done).rejects.toMatchObject({ class: 'programmer' });
      await expect(connection.read(['head'], (reader) => reader.get('log', [1, 0]))).rejects.toMatchObject({
        class: 'programmer',
      });
      expect(await read(connection, 'head', 'head')).toBeUndefined();
    });

    test('a closed connection refuses reads and writes as lost, and calls nobody', async () => {
      const other = await connect(place.engine());
      let calls = 0;
      other.onLost(() => {
        calls += 1;
      });
      other.close();
      await expect(other.read(['head'], (reader) => reader.get('head', 'head'))).rejects.toMatchObject({
        class: 'connection',
      });
      const write = other.write(['head'], async (writer) => writer.put('head', 'head', bytes('1')));
      await expect(write.done).rejects.toMatchObject({ class: 'connection' });
      expect(await write.abort()).toBe('aborted');
      expect(await read(connection, 'head', 'head')).toBeUndefined();
      expect(calls).toBe(0);
    });

    test('the probe writes, commits, reads back, and leaves nothing', async () => {
      await place.engine().probe(connection);
      expect(await connection.read(['marks'], (reader) => reader.keys('marks'))).toEqual([]);
      for (const wrong of [undefined, 'text', bytes('x'), bytes('tab-0-0-0')]) {
        const lying: Connection = { ...connection, read: async () => wrong as never };
        await expect(place.engine().probe(lying)).rejects.toMatchObject({ class: 'corrupt' });
      }
      connection.close();
      await expect(place.engine().probe(connection)).rejects.toMatchObject({ class: 'connection' });
    });

    test('probes of tabs that start together do not take each other for a broken storage', async () => {
      const probes = Array.from({ length: 8 }, () => place.engine().probe(connection));
      await Promise.all(probes);
      expect(await connection.read(['marks'], (reader) => reader.keys('marks'))).toEqual([]);
    });

    test('a stored value that is not bytes is handed up as it is: the vault decides', async () => {
      await place.plant('marks', 'odd', 'a text \u{1F600}');
      expect(await connection.read(['marks'], (reader) => reader.get('marks', 'odd'))).toBe(
        'a text \u{1F600}',
      );
    });

    if (traits.commitsEarly) {
      test('a body that waits for something foreign has committed early: that is said, never hidden', async () => {
        const foreign = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
        const waiting = connection.write(['head'], async (writer) => {
          writer.put('head', 'head', bytes('1'));
          await foreign();
        });
        await expect(waiting.done).rejects.toMatchObject({ class: 'programmer' });
        const late = connection.write(['head', 'marks'], async (writer) => {
          writer.put('head', 'head', bytes('2'));
          await foreign();
          writer.put('marks', 'm', bytes('late'));
        });
        await expect(late.done).rejects.toMatchObject({ class: 'programmer' });
        expect([await late.abort(), await read(connection, 'marks', 'm')]).toEqual(['landed', undefined]);
      });
    }
  });
}
