import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { legacy } from '../../src/app/stores/legacy.ts';
import type { Json } from '../../src/vault/types.ts';
import { reportRun } from '../corpus/location.ts';
import { materialise, cases as storedCases } from '../vault/stored.ts';
import { type LegacyWorld, recordsOf, withLegacy } from './legacyWorld.ts';

/** Everything that an earlier version ever wrote, frozen: it must be readable for ever (hl7.md 3 and 4). */
interface Shape {
  note: string;
  place: string;
  found: Json;
  /** Ids that become records, by store. */
  records: Readonly<Record<string, readonly string[]>>;
  /** Why something goes into quarantine. */
  why: readonly string[];
}

const file = join(import.meta.dirname, 'fixtures/shapes.json');
const shapes = JSON.parse(readFileSync(file, 'utf8')) as Shape[];

async function put(world: LegacyWorld, name: string, found: unknown): Promise<void> {
  const place = legacy.places.find((one) => one.name === name);
  if (!place) throw new Error(`There never was ${name}`);
  if (place.kind === 'text') world.text(place.key, found as Json);
  else await world.database({ [place.key]: found });
}

describe('[I6] every shape that was ever written', () => {
  it.each(shapes.map((shape) => [`${shape.place}: ${shape.note}`, shape] as const))(
    '%s',
    async (_, shape) => {
      await withLegacy(async (world) => {
        await put(world, shape.place, shape.found);
        const before = await world.sources();
        const result = await world.loaded();
        const ids = ['templates', 'settings', 'serializationState'].flatMap((store) => {
          const found = recordsOf(result, store).map(({ id }) => id);
          return found.length > 0 ? [[store, found.sort()]] : [];
        });
        expect(Object.fromEntries(ids)).toEqual(shape.records);
        const kept = await world.quarantine();
        expect(kept.map(({ why }) => why).sort()).toEqual([...shape.why].sort());
        expect(await world.sources()).toBe(before);
        expect((await world.loaded()).migrated, 'the second start').toBeNull();
      });
    },
  );
});

describe('[I6] [F40] [F41] whatever is damaged in the earlier store', () => {
  const skipped: string[] = [];
  let run = 0;

  it.each(storedCases.map((one) => [`${one.id} ${one.name}`, one] as const))('%s', async (_, one) => {
    const made = materialise(one);
    if ('fault' in made) {
      skipped.push(one.id);
      return;
    }
    run += 1;
    await withLegacy(async (world) => {
      let text: string | undefined;
      if ('text' in made) {
        world.text('hl7-helper:templates', undefined, made.text);
        text = made.text;
      } else if ('value' in made) {
        await world.database({ templates: made.value }).catch(() => {});
        text = jsonOf(made.value);
      }
      const before = await world.sources();
      const result = await world.loaded();
      expect(await world.sources()).toBe(before);
      if (text === undefined) return;
      // What holds anything is here row by row, or kept as it was found, or still pending.
      const report = result.migrated?.sources[0];
      const kept = (await world.quarantine()).map((found) => found.text);
      const isWhole = kept.includes(text) || report?.state === 'pending';
      const isTaken =
        report?.state === 'done' && report.found === report.imported + report.merged + report.kept;
      const isNothing = report === undefined && recordsOf(result, 'templates').length === 0;
      expect(isWhole || isTaken || isNothing).toBe(true);
      if (isNothing) expect(['[]', '""', '{}', ''], 'what held nothing').toContain(dataOf(text));
      if (one.expect === 'needs-migration') expect(report?.state ?? 'done').toBe('done');
    });
  });

  it.runIf(storedCases.length > 0)('says how many were run', () => {
    reportRun('stored, as left by an earlier version', run, skipped);
    expect(run).toBeGreaterThan(0);
  });
});

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function dataOf(text: string): string {
  try {
    const found = JSON.parse(text) as { data?: unknown };
    return JSON.stringify(found?.data ?? found);
  } catch {
    return text.trim();
  }
}
