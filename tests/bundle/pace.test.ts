import { setImmediate as nextTask } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { buildBundle } from '../../src/bundle/buildBundle.ts';
import { createPace } from '../../src/bundle/pace.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import { emptyState } from '../../src/vault/draft.ts';
import {
  accepted,
  check,
  EXPORTED_AT,
  exportOf,
  NOW,
  options,
  seedFile,
  template,
  templateData,
} from './support.ts';

const content = 'PID|1||HELPERVARIABLE1^^^\r'.repeat(80);
const many = Array.from({ length: 5_000 }, (_, i) => template(`t-${i}`, { content }));

/** Pauses as a page does, and measures what runs between two of them. */
function stopwatch(): { pause: () => Promise<void>; pauses(): number; longestMs(): number } {
  let [pauses, longest, since] = [0, 0, performance.now()];
  return {
    async pause() {
      longest = Math.max(longest, performance.now() - since);
      pauses += 1;
      await nextTask();
      since = performance.now();
    },
    pauses: () => pauses,
    longestMs: () => longest,
  };
}

describe('a large file', () => {
  test('[I13] is written, read and planned in steps: the page answers in between', async () => {
    const watch = stopwatch();
    const { pause } = watch;
    const built = await buildBundle({ records: many }, appFiles, {
      ...options,
      pause,
      exportedAt: EXPORTED_AT,
    });
    if (built.kind !== 'built') throw new Error(built.kind);
    const megabytes = built.bytes.length / 1e6;
    expect(watch.pauses(), 'writing').toBeGreaterThan(megabytes);
    const checked = await check(built.bytes, { pause });
    if (checked.kind !== 'accepted') throw new Error(checked.kind);
    const before = watch.pauses();
    const usual = { strategy: 'merge', label: '', pinName: '', now: NOW, pause } as const;
    await planImport(checked.bundle, emptyState('v'), appFiles, usual);
    expect(watch.pauses() - before, 'planning').toBeGreaterThan(megabytes);
    // A figure of a busy machine; the browser test of performance.md holds it against T9.
    console.log(
      `${megabytes.toFixed(0)} MB: ${watch.pauses()} pauses, ${watch.longestMs().toFixed(0)} ms at most between two`,
    );
  });

  test.each([
    ['one long message', `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r${content.repeat(2_000)}`, 1],
    ['many messages', `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r${content}`.repeat(2_000), 2_000],
  ])('[I13] is plain HL7, and taken apart in steps: %s', async (_, text, messages) => {
    const pause = vi.fn(async () => {});
    const checked = await check(text, { pause });
    expect(checked).toMatchObject({ kind: 'accepted', bundle: { source: 'foreign' } });
    expect(checked.kind === 'accepted' && checked.bundle.records.length).toBe(messages);
    expect(pause.mock.calls.length).toBeGreaterThan((4 * text.length) / 1e6);
  });

  test('[I13] the earlier app’s, too', async () => {
    const pause = vi.fn(async () => {});
    await check(seedFile({ templates: many.map(({ data }) => data) }), { pause });
    expect(pause.mock.calls.length).toBeGreaterThan(20);
  });

  test('[I13] also one that somebody formatted anew, against a large library', async () => {
    const pause = vi.fn(async () => {});
    const file = JSON.stringify(JSON.parse(new TextDecoder().decode(await exportOf(many))), null, 1);
    const checked = await check(new TextEncoder().encode(file), { pause });
    if (checked.kind !== 'accepted') throw new Error(checked.kind);
    const library = {
      ...emptyState('v'),
      records: new Map([['templates', new Map(many.map((one) => [one.id, one]))]]),
    };
    const before = pause.mock.calls.length;
    const usual = { strategy: 'merge', label: '', pinName: '', now: NOW, pause } as const;
    const planned = await planImport(checked.bundle, library, appFiles, usual);
    expect(planned.counts.same).toBe(many.length);
    expect(pause.mock.calls.length - before).toBeGreaterThan(20);
  });

  test('can be given up', async () => {
    const bytes = await exportOf(many);
    const giveUp = new AbortController();
    const reason = new Error('left');
    const pause = async () => giveUp.abort(reason);
    await expect(check(bytes, { pause, signal: giveUp.signal })).rejects.toBe(reason);
    const early = createPace({ signal: AbortSignal.abort(reason) });
    await expect(early.rest()).rejects.toBe(reason);
  });

  test('100,000 small templates and one of 50 MB are read whole', async () => {
    const small = Array.from({ length: 100_000 }, (_, i) => templateData(`t-${i}`, { content: 'MSH|' }));
    expect((await accepted(JSON.stringify(small))).bundle.records).toHaveLength(100_000);
    const large = templateData('large', { content: 'x'.repeat(50_000_000) });
    expect((await accepted(seedFile({ templates: [large] }))).bundle.records).toHaveLength(1);
  });
});
