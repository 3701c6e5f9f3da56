import { describe, expect, it } from 'vitest';
import type { Actor } from 'xstate';
import type { exportMachine } from '../../machines/export.machine.ts';
import type { importMachine } from '../../machines/import.machine.ts';
import { during, notes, opened, type Page, reopened, SEEDS, textsOf, until } from './kit.ts';

type Dialog = { import: Actor<typeof importMachine>; export: Actor<typeof exportMachine> };

/** The dialog that is open, once its machine accepts an event. */
async function accepting<Name extends keyof Dialog>(
  page: Page,
  machine: Name,
  type: string,
): Promise<Dialog[Name]> {
  const actor = () => {
    const dialog = page.persistence.dialog.getSnapshot();
    return dialog?.machine === machine ? (dialog.actor as unknown as Dialog[Name]) : null;
  };
  await until(page, () =>
    actor()
      ?.getSnapshot()
      .can({ type, passphrase: null } as never),
  );
  const found = actor();
  if (!found) throw new Error('It is closed');
  return found;
}

async function exported(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  const result = page.persistence.openExport('notes.json');
  (await accepting(page, 'export', 'EXPORT')).send({ type: 'EXPORT', passphrase: null });
  const done = await during(page, result);
  if (done?.kind !== 'exported') throw new Error(`It is ${done?.kind}`);
  expect(done.file).toMatchObject({ name: 'notes.json', counts: { notes: 2 } });
  return done.file.bytes;
}

describe('Files', () => {
  it('[I18] what was exported is imported again, undone in one, and so after a reload', async () => {
    const page = await opened({ seeds: SEEDS });
    const bytes = await exported(page);
    await during(page, page.persistence.remove(notes, ['seed-1'], { agreed: true }));
    expect(textsOf(page)).toEqual(['second example']);

    const result = page.persistence.openImport({ kind: 'bytes', bytes });
    (await accepting(page, 'import', 'CONTINUE')).send({ type: 'CONTINUE' });
    (await accepting(page, 'import', 'CLOSE')).send({ type: 'CLOSE' });
    const imported = await during(page, result);
    if (imported?.kind !== 'imported') throw new Error(`It is ${imported?.kind}`);
    expect(textsOf(page).sort()).toEqual(['first example', 'second example']);

    const next = await reopened(page);
    await during(next, next.persistence.undo(imported.id));
    expect(textsOf(next)).toEqual(['second example']);
  });

  it('keeps what was chosen of a file in this visit, and opens one dialog at a time', async () => {
    const page = await opened({ seeds: SEEDS });
    const bytes = await exported(page);
    await during(page, page.persistence.remove(notes, ['seed-1'], { agreed: true }));
    const first = page.persistence.openImport({ kind: 'bytes', bytes });
    const actor = await accepting(page, 'import', 'SELECT');
    expect(page.persistence.actors()).toContainEqual(expect.objectContaining({ machine: 'import' }));
    expect(await during(page, page.persistence.openExport('other.json'))).toBeNull();
    actor.send({ type: 'SELECT', selection: { strategy: 'skipDuplicates' } });
    (await accepting(page, 'import', 'CANCEL')).send({ type: 'CANCEL' });
    expect(await during(page, first)).toMatchObject({ kind: 'left' });
    expect(page.persistence.dialog.getSnapshot()).toBeNull();

    const second = page.persistence.openImport({ kind: 'bytes', bytes });
    const again = await accepting(page, 'import', 'CANCEL');
    expect(again.getSnapshot().context.selection.strategy).toBe('skipDuplicates');
    again.send({ type: 'CANCEL' });
    await during(page, second);
    expect(textsOf(page)).toEqual(['second example']);
  });
});
