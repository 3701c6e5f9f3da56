import { describe, expect, it } from 'vitest';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';
import type { Fault } from '../simulation/faults/step.ts';
import { envelope, type LegacyWorld, recordsOf, template, withLegacy } from './legacyWorld.ts';

async function leave(world: LegacyWorld): Promise<void> {
  world.text('hl7_templates', [template('a'), { bad: true }]);
  const list = [template('b')];
  await world.database({ templates: envelope(list, seedChecksum(list) ?? '') });
}

/** A start that may fail, or ask: the page is closed then. */
function startAndLeave(world: LegacyWorld): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, 60));
  return Promise.race([world.start().catch(() => undefined), patience]);
}

describe('[I6] [F46] Taking over what was left', () => {
  it.each([
    ['an error', { kind: 'error', name: 'AbortError' }],
    ['a crash', { kind: 'crash' }],
  ] as const)(
    'is all or nothing, whatever step %s strikes, and the next start has all of it',
    async (_, fault) => {
      let strikes = 0;
      for (let at = 1; ; at += 1) {
        const dump = await withLegacy(async (world) => {
          await leave(world);
          const before = await world.sources();
          let steps = 0;
          world.arm((): Fault | undefined => {
            steps += 1;
            return steps === at ? fault : undefined;
          });
          await startAndLeave(world);
          expect(await world.sources(), `the sources after step ${at}`).toBe(before);
          return steps >= at ? world.storedNow() : null;
        });
        if (!dump) break;
        strikes += 1;
        await withLegacy(async (next) => {
          await leave(next);
          await next.restore(dump);
          const result = await next.loaded();
          const ids = recordsOf(result, 'templates').map(({ id }) => id);
          expect(ids.sort(), `after step ${at}`).toEqual(['a', 'b']);
          const texts = (await next.quarantine()).map(({ text }) => text);
          expect(texts).toContain(JSON.stringify({ bad: true }));
        });
      }
      expect(strikes).toBeGreaterThan(20);
    },
  );
});

describe('[F48] A large library', () => {
  it('of 5,000 templates is taken over in seconds, and the page answers meanwhile', async () => {
    await withLegacy(async (world) => {
      const content = `MSH|^~\\&|${'x'.repeat(1_500)}\rPID|1`;
      const list = Array.from({ length: 5_000 }, (_, n) => template(`t${n}`, { content }));
      await world.database({ templates: envelope(list, seedChecksum(list) ?? '') });
      const pauses: number[] = [];
      world.loadHands.onProgress = ({ done }) => pauses.push(done);
      const startedMs = performance.now();
      const result = await world.loaded();
      const tookMs = performance.now() - startedMs;
      expect(recordsOf(result, 'templates')).toHaveLength(5_000);
      const againMs = performance.now();
      expect((await world.loaded()).migrated).toBeNull();
      const nextMs = Math.round(performance.now() - againMs);
      console.log(
        `5,000 templates of 1.6 kB taken over in ${Math.round(tookMs)} ms with ${pauses.length} pauses; next start ${nextMs} ms`,
      );
      expect(pauses.length).toBeGreaterThan(20);
      expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
      expect(tookMs).toBeLessThan(20_000);
    });
  });
});
