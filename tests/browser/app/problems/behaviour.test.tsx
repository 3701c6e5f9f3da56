import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { stepOf } from '../../../../src/app/problem/stepOf.ts';
import { VirtualRows } from '../../../../src/app/problem/VirtualRows.tsx';
import { damagedScenes } from '../../../paths/world/damagedScenes.ts';
import { blocked, visitBoot } from './support/bootScenes.tsx';
import { unreadable, visitLoad } from './support/loadScenes.tsx';
import { visitMigration } from './support/migrationScenes.tsx';
import { visitRecovery } from './support/recoveryScenes.tsx';
import { openStage, passed, type Stage, untilActive } from './support/stage.tsx';
import { viewOf } from './support/suite.ts';
import type { Visit } from './support/visit.ts';

let open: Pick<Visit, 'close'> | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});
const visiting = async <Some extends Pick<Visit, 'close'>>(visit: Promise<Some>): Promise<Some> => {
  const opened = await visit;
  open = opened;
  return opened;
};

const { damaged, noBackup, vanished, sound } = damagedScenes;
const atStart = { isModal: true };
const TITLE = 'Your saved data couldn’t be read';
const focused = (): string => document.activeElement?.textContent ?? '';
const choices = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-choice]')];
const press = (keys: string) => userEvent.keyboard(keys);

describe('A dialog that a machine opened', () => {
  it('takes nothing in its first moment: no Enter, digit, click or Esc', async () => {
    const { actor } = await visiting(visitRecovery(damaged, atStart, { isShownFirst: true }));
    await expect.poll(focused).toBe(TITLE);
    await press('{Enter}1');
    choices()[0]?.focus();
    await press('{Enter}1{Escape}');
    for (const choice of choices()) choice.click();
    expect(stepOf(actor.getSnapshot())).toBe('recovery.choosing');
    await untilActive();
    await press('1');
    expect(stepOf(actor.getSnapshot())).not.toBe('recovery.choosing');
  });

  it('begins at its heading, and takes digits only while the focus is among the choices', async () => {
    const { actor } = await visiting(visitRecovery(damaged, atStart));
    expect(focused()).toBe(TITLE);
    await press('12345');
    expect(stepOf(actor.getSnapshot())).toBe('recovery.choosing');
    await press('{Tab}');
    expect(document.activeElement).toBe(choices()[0]);
    await press('2');
    await expect.poll(() => stepOf(actor.getSnapshot())).not.toBe('recovery.choosing');
  });

  it('never starts empty by a digit', async () => {
    const { actor } = await visiting(visitRecovery(vanished, atStart));
    choices()[0]?.focus();
    await press('3456789');
    expect(stepOf(actor.getSnapshot())).toBe('recovery.choosing');
    expect(choices().at(-1)?.textContent).toMatch(/^Start with an empty library/);
    expect(choices().at(-1)?.dataset.digit).toBeUndefined();
  });

  it('leaves the live regions exposed, and hides what is behind it', async () => {
    const { stage } = await visiting(visitRecovery(damaged, atStart));
    const isHidden = (element: Element) => element.closest('[aria-hidden="true"], [inert]') !== null;
    expect(isHidden(stage.live)).toBe(false);
    expect(isHidden(stage.heading)).toBe(true);
  });

  it('gives the focus back, or to the heading of the page where what had it is gone', async () => {
    const visit = await visiting(visitRecovery(damaged, atStart));
    visit.stage.before.remove();
    await press('{Escape}');
    await expect.poll(() => document.activeElement).toBe(visit.stage.heading);
  });

  it('gives the focus back also when it is taken away with its question', async () => {
    const { stage } = await visiting(visitRecovery(damaged, atStart));
    stage.show(null);
    await expect.poll(() => document.activeElement).toBe(stage.before);
  });
});

describe('By keyboard alone', () => {
  it('a backup is restored', async () => {
    const { actor, settled } = await visiting(visitRecovery(damaged, atStart));
    await press('{Tab}{ArrowDown}{ArrowUp}{Enter}');
    await settled();
    expect(actor.getSnapshot().output).toMatchObject({ kind: 'recovered', count: { notes: 12 } });
  });

  it('another backup is chosen', async () => {
    const { actor, settled } = await visiting(visitRecovery(damaged, atStart));
    await press('{Tab}{Tab}{Enter}');
    await expect.poll(() => document.querySelectorAll('li[aria-posinset]').length).toBe(1);
    await press('{Tab}');
    await expect.poll(focused).toMatch(/^1 Mar 2026/);
    await press('{Enter}');
    await settled();
    expect(actor.getSnapshot().context.choice).toEqual({ kind: 'point', seq: 1 });
  });

  it('what can be read is reviewed, looked at one by one, and kept', async () => {
    const { actor, settled } = await visiting(visitRecovery(damaged, atStart));
    await press('{Tab}2');
    await settled();
    await expect.poll(focused).toBe('9 records can be rescued');
    await untilActive();
    await press('{Tab}{Tab}{Enter}');
    const preview = () => document.querySelector('pre')?.textContent;
    await expect.poll(preview).toBe('text of note-04');
    await press('{Control>}{Enter}{/Control}');
    await settled();
    expect(actor.getSnapshot().output).toMatchObject({ kind: 'recovered', count: { notes: 9 } });
  });

  it('the library is started empty, after going back once', async () => {
    const { actor, settled } = await visiting(visitRecovery(noBackup, atStart));
    await press('{Tab}{ArrowUp}{Enter}');
    await expect.poll(focused).toBe('Start with an empty library?');
    await untilActive();
    await press('{Escape}');
    await expect.poll(focused).toBe(TITLE);
    await untilActive();
    await press('{Tab}{ArrowUp}{Enter}');
    await untilActive();
    await press('{Tab}{Tab}{Tab}');
    expect(focused()).toBe('Start empty');
    await press('{Enter}');
    await settled();
    expect(actor.getSnapshot().output).toMatchObject({ kind: 'recovered', count: { notes: 0 } });
  });
});

describe('A dialog that a person opened', () => {
  it('begins at its safest useful control', async () => {
    await visiting(visitRecovery(sound, { isModal: false, input: { point: 2 } }));
    expect(focused()).toBe('Cancel');
  });
});

describe('Opening', () => {
  it('asks the other tab once, goes on by itself when that lets go, and says so', async () => {
    const visit = await visiting(visitBoot(blocked));
    await press('{Tab}1');
    await expect.poll(() => viewOf({ role: 'alertdialog' }).innerText).toMatch(/was asked to reload/);
    visit.world.closeElsewhere();
    await visit.settled();
    await expect.poll(() => document.querySelector('[role=alertdialog]')).toBeNull();
    expect(visit.actor.getSnapshot().output).toMatchObject({ kind: 'opened' });
    await expect.poll(() => document.body.innerText).toMatch(/The other tab has let go/);
  });
});

describe('Loading', () => {
  it('lets nobody open the storage again before what can be read was handed over', async () => {
    const visit = await visiting(visitLoad(unreadable));
    const [download, retry] = choices();
    retry?.click();
    await press('{Tab}2');
    expect(visit.actor.getSnapshot().can({ type: 'RETRY' })).toBe(false);
    const { downloadStored } = visit.commands;
    visit.commands.downloadStored = () => Promise.reject(new Error('nothing can be read'));
    download?.click();
    await expect.poll(() => document.body.innerText).toMatch(/Nothing could be read for the download/);
    expect(visit.actor.getSnapshot().can({ type: 'RETRY' })).toBe(false);
    visit.commands.downloadStored = downloadStored;
    download?.click();
    await expect.poll(() => visit.actor.getSnapshot().can({ type: 'RETRY' })).toBe(true);
    await expect.poll(() => retry?.ariaDisabled).toBe(null);
    visit.heal();
    retry?.click();
    await visit.settled();
    expect(visit.actor.getSnapshot().output).toMatchObject({ kind: 'loaded' });
  });
});

describe('What we found', () => {
  it('is copied for those who help, by places and classes and without contents', async () => {
    const { commands } = await visiting(visitRecovery(damaged, atStart));
    const [copy] = [...document.querySelectorAll('button')].filter(({ textContent }) =>
      /Copy the report/.test(textContent ?? ''),
    );
    copy?.click();
    expect(commands.done).toEqual([expect.stringMatching(/corrupt:checksum at log \[3, 0\] line/)]);
    expect(commands.done[0]).not.toMatch(/edited of|note-/);
  });
});

describe('Updating', () => {
  it('copies a report that holds no contents and no ids', async () => {
    const visit = await visiting(visitMigration((world) => world.setStep('throws')));
    choices().at(-1)?.click();
    const [report = ''] = visit.commands.done;
    expect(report).toMatch(/"code": "stuck"/);
    expect(report).not.toMatch(/text of|"id"/);
  });
});

describe('A list of ten thousand', () => {
  it('holds a few rows in the page, and counts all of them', async () => {
    const stage: Stage = await openStage();
    open = { close: async () => stage.close() };
    const items = Array.from({ length: 10_000 }, (_, n) => n);
    stage.show(
      <VirtualRows label="Rows" items={items} keyOf={(n) => n} className="h-44">
        {(n) => <button type="button">{n}</button>}
      </VirtualRows>,
    );
    await passed(50);
    const rows = [...document.querySelectorAll('li[aria-setsize="10000"]')];
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.length).toBeLessThanOrEqual(40);
  });
});
