import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AnyMachineSnapshot } from 'xstate';
import { stepOf } from '../../../../../src/app/problem/stepOf.ts';
import { enabledButtons, expectAccessible, expectHonest, expectOffers, passed, redThings } from './stage.tsx';
import type { Scene, Visit } from './visit.ts';

/** What every view of a problem must keep, in each of its states (ux 9.1, 9.2, 9.3, 9.14). */
export function describeProblems(title: string, scenes: readonly Scene[]): void {
  let visit: Visit | undefined;
  afterEach(async () => {
    await visit?.close();
    visit = undefined;
  });

  describe.each(scenes.map((scene) => [scene.name, scene] as const))(`${title}: %s`, (_, scene) => {
    it('offers exactly what the machine accepts, is honest, accessible, and fits a small page', async () => {
      visit = await scene.open();
      const snapshot = visit.actor.getSnapshot();
      const accepts = scene.events(snapshot).filter((event) => snapshot.can(event));
      expectOffers(enabledButtons(viewOf(scene)), {
        labels: scene.labels,
        accepts: accepts.map(({ type }) => type).filter((type) => !scene.silent?.includes(type)),
        commands: scene.commands,
      });
      expectHonest(snapshot);
      for (const words of scene.says ?? []) expect(viewOf(scene).innerText).toMatch(words);
      expect(redThings().length > 0, 'something is red').toBe(scene.isRed ?? false);
      await expectAccessible();
      // A notice waits to be looked at: whoever types goes on typing (ux 9.8).
      if (scene.role === 'none') expect(document.activeElement).toBe(visit.stage.before);
      await expectFits(viewOf(scene));
    });

    if (scene.role === 'none') return;
    it('[I4] is left by Esc where the machine can be left, and the stored bytes stay as they are', async () => {
      visit = await scene.open();
      const before = await visit.dump();
      const asked = visit.actor.getSnapshot();
      visit.heal();
      await userEvent.keyboard('{Escape}');
      const after = await visit.settled();
      expect(await visit.dump()).toBe(before);
      expect(hasLeft(asked, after), 'it was left').toBe(true);
      if (after.status !== 'done') return;
      const { before: beforeIt } = visit.stage;
      await expect.poll(() => document.activeElement).toBe(beforeIt);
    });
  });
}

/** On 320 pixels nothing is cut off, and every choice can be reached (ux 9.22). */
async function expectFits(view: HTMLElement): Promise<void> {
  await page.viewport(320, 640);
  await passed(50);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  for (const button of view.querySelectorAll('button')) {
    if (!button.checkVisibility()) continue;
    button.scrollIntoView();
    const { left, right, top, bottom, height } = button.getBoundingClientRect();
    expect([left >= 0, right <= 320, top >= 0, bottom <= 640], button.innerText).not.toContain(false);
    expect(height, button.innerText).toBeGreaterThanOrEqual(24);
  }
}

const LEAVING = ['BACK', 'CANCEL', 'DEFER', 'CLOSE'].map((type) => ({ type }));

function hasLeft(before: AnyMachineSnapshot, after: AnyMachineSnapshot): boolean {
  if (!LEAVING.some((event) => before.can(event))) return stepOf(before) === stepOf(after);
  return after.status === 'done' || stepOf(after) !== stepOf(before) || !after.hasTag('blocking');
}

export function viewOf({ role }: Pick<Scene, 'role'>): HTMLElement {
  const found = document.querySelector<HTMLElement>(role === 'none' ? '.view' : `[role=${role}]`);
  if (!found) throw new Error(`There is no ${role}`);
  return found;
}
