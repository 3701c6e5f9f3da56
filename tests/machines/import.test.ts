import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, waitFor } from 'xstate';
import type { commitMachine } from '../../machines/commit.machine.ts';
import { importMachine } from '../../machines/import.machine.ts';
import type { ImportMemory, ImportSelection, ImportWish } from '../../machines/import.types.ts';
import type { intakeMachine } from '../../machines/intake.machine.ts';
import type { CommitResult } from '../../machines/types.ts';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { checkFile } from '../../src/bundle/checkFile.ts';
import { planImport } from '../../src/services/import.ts';
import { exportOf, options, template } from '../bundle/support.ts';
import { App } from '../services/importing/app.ts';

const accepted = await checkFile(await exportOf([template('a')]), appFiles, options);
const replace: ImportSelection = {
  strategy: 'replace',
  withoutStores: new Set(),
  withoutKinds: new Set(),
  choices: new Map(),
  isAgreed: true,
};

/** A dialog on a file that would leave one of four templates, in an app where writing ends as told. */
async function previewing(memory: ImportMemory | null, writing: CommitResult) {
  const app = await new App().load();
  await app.import(await exportOf(['a', 'b', 'c', 'd'].map((id) => template(id))));
  const machine = importMachine.provide({
    actors: {
      intake: fromPromise(async () => ({
        kind: 'accepted',
        accepted,
        hash: 'h',
      })) as never as typeof intakeMachine,
      planImport: fromPromise(({ input, signal }: { input: ImportWish; signal: AbortSignal }) =>
        planImport(app.hands, input, signal),
      ),
      commit: fromPromise(async () => writing) as never as typeof commitMachine,
    },
  });
  const memories = new Map(memory ? [['h', memory]] : []);
  const actor = createActor(machine, {
    input: { source: null, memories, label: 'Import', pinName: 'Before' },
  });
  actor.start();
  await waitFor(actor, (snapshot) => snapshot.matches('previewing') || snapshot.matches('refused'));
  return actor;
}

const isAgreed = (actor: Awaited<ReturnType<typeof previewing>>) =>
  actor.getSnapshot().context.selection.isAgreed;

describe('import', () => {
  it('[I16] remembers what was chosen of a file, and not the consent to what would go', async () => {
    const actor = await previewing({ selection: replace, draft: null }, { kind: 'conflicted', winners: [] });
    expect(actor.getSnapshot().context.selection.strategy).toBe('replace');
    expect([isAgreed(actor), actor.getSnapshot().can({ type: 'CONTINUE' })]).toEqual([false, false]);
  });

  it('[I16] asks for consent again when another choice, or another tab, changes what would go', async () => {
    const actor = await previewing(null, { kind: 'conflicted', winners: [] });
    actor.send({ type: 'SELECT', selection: replace });
    await waitFor(actor, (snapshot) => snapshot.matches('previewing'));
    expect([isAgreed(actor), actor.getSnapshot().can({ type: 'CONTINUE' })]).toEqual([true, true]);
    actor.send({ type: 'CONTINUE' });
    const { context } = await waitFor(actor, (snapshot) => snapshot.matches('previewing'));
    expect([context.selection.isAgreed, context.finding]).toEqual([
      false,
      { code: 'previewed', hasMoved: true },
    ]);
    actor.send({ type: 'SELECT', selection: { isAgreed: true } });
    await waitFor(actor, (snapshot) => snapshot.matches('previewing'));
    actor.send({ type: 'SELECT', selection: { withoutKinds: new Set(['new'] as const) } });
    await waitFor(actor, (snapshot) => snapshot.matches('previewing'));
    expect(isAgreed(actor)).toBe(false);
  });

  it('gives back what was chosen of every file of the session', async () => {
    const actor = await previewing(null, { kind: 'conflicted', winners: [] });
    actor.send({ type: 'SELECT', selection: { strategy: 'replace' } });
    await waitFor(actor, (snapshot) => snapshot.matches('previewing'));
    actor.send({ type: 'CANCEL' });
    const { output } = actor.getSnapshot();
    expect(output).toMatchObject({ kind: 'left' });
    const memories = output?.kind === 'left' ? output.memories : new Map<string, ImportMemory>();
    expect(memories.get('h')?.selection.strategy).toBe('replace');
  });
});
