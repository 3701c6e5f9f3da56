import { createActor, fromPromise, toPromise } from 'xstate';
import { loadMachine } from '../../machines/load.machine.ts';
import type { LoadResult } from '../../machines/load.types.ts';
import { allStores } from '../../src/app/stores/allStores.ts';
import { legacy } from '../../src/app/stores/legacy.ts';
import { rulesOfAll } from '../../src/client/rulesOfAll.ts';
import { openedBy } from '../../src/services/opened.ts';
import { decodeQuarantined } from '../../src/vault/quarantine.ts';
import type { Rules } from '../../src/vault/rules.ts';
import type { Envelope, Json } from '../../src/vault/types.ts';
import { LoadWorld, loadServices } from '../paths/world/loadWorld.ts';
import { openRawStorage } from '../paths/world/rawStorage.ts';
import { NAME } from '../paths/world/scene.ts';
import { type RawDump, rawDump } from '../simulation/world/dump.ts';

type Loaded = Extract<LoadResult, { kind: 'loaded' }>;

/** The app at a start, over what its earlier versions left. */
export class LegacyWorld extends LoadWorld {
  override readonly loadHands: LoadWorld['loadHands'] & {
    onProgress?: (progress: { done: number; of: number }) => void;
  } = { ...this.recoveryHands, policyOf: () => 'prompt' as const, legacy };

  protected override rules(): Rules {
    return new Map(rulesOfAll(allStores));
  }

  /** Puts a text where the earlier app had it. */
  text(key: string, value: Json | undefined, raw?: string): void {
    this.origin.localStorage.setItem(key, raw ?? JSON.stringify(value));
  }

  /** Makes the earlier app's database, as it made it. */
  async database(values: Readonly<Record<string, unknown>>): Promise<void> {
    const connection = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = this.factory.open('hl7-helper-db', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('keyvalue');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = connection.transaction('keyvalue', 'readwrite');
    for (const [key, value] of Object.entries(values)) transaction.objectStore('keyvalue').put(value, key);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    connection.close();
  }

  /** A start of the app, to its end. */
  async start(): Promise<LoadResult> {
    const actors = Object.fromEntries(
      Object.entries(loadServices(this)).map(([name, service]) => [
        name,
        fromPromise(({ input, signal }) => service(input as never, signal)),
      ]),
    );
    const actor = createActor(loadMachine.provide({ actors: actors as never }), {
      clock: this.clock,
      input: { isWiped: false },
    });
    const end = toPromise(actor);
    actor.start();
    for (let turn = 0; turn < 5_000 && actor.getSnapshot().status === 'active'; turn += 1) {
      if (actor.getSnapshot().hasTag('needs-user'))
        throw new Error(JSON.stringify(actor.getSnapshot().context.finding));
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.clock.increment(20);
    }
    return end;
  }

  async loaded(): Promise<Loaded> {
    const result = await this.start();
    if (result.kind !== 'loaded') throw new Error(`The start ended with ${JSON.stringify(result)}`);
    return result;
  }

  /** Everything in quarantine: why, and the text as it was found. */
  async quarantine(): Promise<{ why: string; where: string; text: string }[]> {
    const { connection } = await openedBy(this.hands.owner);
    const entries = await connection.read(['quarantine'], (reader) => reader.entries('quarantine'));
    return entries.flatMap((entry) => {
      const found = 'value' in entry ? decodeQuarantined(entry.value) : null;
      if (!found) return [];
      const bytes = Uint8Array.from(atob(found.bytes), (unit) => unit.charCodeAt(0));
      return [{ why: found.why, where: found.where, text: textOf(bytes) }];
    });
  }

  storedNow(): Promise<RawDump> {
    return rawDump(this.factory, NAME);
  }

  /** The database of a page that is gone, as it was left. */
  async restore(dump: RawDump): Promise<void> {
    await this.dump();
    const raw = await openRawStorage(this.factory, NAME);
    await raw.restore(dump);
    raw.close();
  }

  /** What the sources hold, byte for byte. */
  async sources(): Promise<string> {
    const { localStorage } = this.origin;
    const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
    const texts = names
      .filter((name) => !name.startsWith('paths:'))
      .sort()
      .map((name) => [name, localStorage.getItem(name)]);
    const databases = (await this.factory.databases()).map(({ name, version }) => [name, version]);
    return JSON.stringify([texts, databases.filter(([name]) => name !== 'paths')]);
  }
}

function textOf(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isWide) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const units = new Uint16Array(bytes.slice(2).buffer);
  return Array.from(units, (unit) => String.fromCharCode(unit)).join('');
}

export function recordsOf({ state }: Pick<Loaded, 'state'>, store: string): Envelope[] {
  return [...(state.records.get(store)?.values() ?? [])];
}

export function template(id: string, members: { [member: string]: Json } = {}): { [member: string]: Json } {
  return {
    id,
    name: `Template ${id}`,
    description: '',
    messageType: 'ADT-A01',
    content: `MSH|^~\\&|${id}\rPID|1`,
    createdAt: 1_700_000_000_000,
    ...members,
  };
}

export function envelope(data: Json, checksum: string, updatedAt = '2026-02-03T04:05:06.789Z'): Json {
  return { version: 1, createdAt: '2026-01-02T03:04:05.678Z', updatedAt, checksum, data };
}

/** Works in a world of its own. */
export async function withLegacy<T>(work: (world: LegacyWorld) => Promise<T>): Promise<T> {
  const world = new LegacyWorld();
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}
