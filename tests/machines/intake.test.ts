import { describe, expect, it, vi } from 'vitest';
import { createActor, fromPromise, toPromise, waitFor } from 'xstate';
import { intakeMachine } from '../../machines/intake.machine.ts';
import type { Accepted } from '../../src/bundle/verdict.ts';
import { checkFile } from '../../src/services/intake.ts';
import { exportOf, template } from '../bundle/support.ts';
import { App } from '../services/importing/app.ts';

const { hands } = new App();
const machine = intakeMachine.provide({
  actors: { checkFile: fromPromise(({ input, signal }) => checkFile(hands, input, signal)) },
});

describe('intake', () => {
  it('[I5] reads a file once: it may be another a moment later', async () => {
    const bytes = await exportOf([template('a')]);
    const arrayBuffer = vi.fn(async () => bytes.buffer);
    const actor = createActor(machine, { input: { source: null } });
    actor.start();
    actor.send({ type: 'FILE', file: { size: bytes.length, arrayBuffer } });
    const result = await toPromise(actor);
    expect(arrayBuffer).toHaveBeenCalledOnce();
    expect(result).toMatchObject({ kind: 'accepted', accepted: { label: 'strong-checksum' } });
    expect(actor.getSnapshot().context.source, 'and lets it go').toBeNull();
  });

  it('does not even read what is too large', async () => {
    const arrayBuffer = vi.fn(async () => new ArrayBuffer(0));
    const actor = createActor(machine, { input: { source: null } });
    actor.start();
    actor.send({ type: 'FILE', file: { size: 64 * 1024 * 1024 + 1, arrayBuffer } });
    const { context } = await waitFor(actor, (snapshot) => snapshot.matches('refused'));
    expect(context.finding).toMatchObject({ code: 'refused', refused: { code: 'too-large' } });
    expect(arrayBuffer).not.toHaveBeenCalled();
  });

  it('takes what can be rescued only when a person says so', async () => {
    const bytes = await exportOf([template('a'), template('b')]);
    const cut = bytes.slice(0, bytes.length - 300);
    const actor = createActor(machine, { input: { source: { kind: 'bytes', bytes: cut } } });
    const end = toPromise(actor);
    actor.start();
    await waitFor(actor, (snapshot) => snapshot.matches('refused'));
    actor.send({ type: 'SALVAGE' });
    const result = await end;
    const { bundle, label } = (result as { accepted: Accepted }).accepted;
    expect([bundle.records.map(({ id }) => id), label]).toEqual([['a'], 'no-checksum']);
  });
});
