import { describe, expect, it } from 'vitest';
import { SimulatedClock } from 'xstate';
import type { Tag } from '../../machines/types.ts';
import { type Status, statusOf } from '../../src/client/statusOf.ts';
import { steadyStatus } from '../../src/react/steadyStatus.ts';

const of = (...tags: Tag[]): Status => statusOf([new Set(tags)], 'ok');

function pill() {
  const clock = new SimulatedClock();
  const shown: string[] = [];
  const steady = steadyStatus(
    clock,
    () => clock.now(),
    ({ key }) => shown.push(key),
  );
  return { clock, shown, steady };
}

describe('A pill that does not flicker', () => {
  it('never shows a saving that is over within 400 ms', () => {
    const { clock, shown, steady } = pill();
    steady.next(of('unsaved'));
    clock.increment(1_000);
    steady.next(of('saving'));
    clock.increment(399);
    steady.next(of('saved'));
    clock.increment(10_000);
    expect(shown).toEqual(['edited', 'saved']);
  });

  it('shows a longer one, for at least 600 ms', () => {
    const { clock, shown, steady } = pill();
    steady.next(of('unsaved'));
    clock.increment(1_000);
    steady.next(of('saving'));
    clock.increment(400);
    expect(shown).toEqual(['edited', 'saving']);
    steady.next(of('saved'));
    clock.increment(599);
    expect(shown).toEqual(['edited', 'saving']);
    clock.increment(1);
    expect(shown).toEqual(['edited', 'saving', 'saved']);
  });

  it('[I14] is never green for a moment after an edit, however short ago it turned green', () => {
    const { clock, shown, steady } = pill();
    steady.next(of('saved'));
    clock.increment(10);
    steady.next(of('unsaved'));
    expect(shown).toEqual(['saved', 'edited']);
    clock.increment(600);
    steady.next(of('saved'));
    steady.next(of('saving'));
    expect(shown).toEqual(['saved', 'edited', 'saved', 'edited']);
    clock.increment(600);
    expect(shown.at(-1)).toBe('saving');
  });

  it('shows at once what a person must know', () => {
    const { shown, steady } = pill();
    steady.next(of('saved'));
    steady.next(of('save-error'));
    expect(shown).toEqual(['saved', 'notSavedRetrying']);
  });

  it('shows nothing more once it is stopped', () => {
    const { clock, shown, steady } = pill();
    steady.next(of('unsaved'));
    steady.next(of('saved'));
    steady.stop();
    clock.increment(10_000);
    expect(shown).toEqual(['edited']);
  });
});
