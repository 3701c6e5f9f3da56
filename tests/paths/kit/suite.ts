import { describe, expect, it } from 'vitest';
import type { Model, World } from './model.ts';
import { transitionPaths } from './paths.ts';
import { structureFaults } from './structure.ts';
import { declaredTransitions } from './transitions.ts';
import { walk } from './walk.ts';

/** One test per path, then: every declared transition was taken. Prints what was covered. */
export function describePaths<TWorld extends World>(model: Model<TWorld>): void {
  const { id } = model.machine;
  const paths = transitionPaths(model);
  const taken = new Set<string>();
  const startedMs = performance.now();

  describe(`[I13] [I23] ${id}: every path`, () => {
    it.each(paths.map((path) => [path.name, path] as const))('%s', async (_, path) => {
      await walk(model, path, taken);
    });

    it('takes every declared transition', () => {
      const declared = declaredTransitions(model.machine);
      const missed = declared.filter((name) => !taken.has(name));
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      const world = typeof document === 'undefined' ? 'fake-indexeddb' : 'Chromium';
      const covered = `${declared.length - missed.length} of ${declared.length} transitions`;
      console.log(`${id}: ${paths.length} paths, ${covered}, ${seconds} s on ${world}`);
      expect(missed).toEqual([]);
    });

    it('keeps the house rules of its states', () => {
      expect(structureFaults(model.machine)).toEqual([]);
    });
  });
}
